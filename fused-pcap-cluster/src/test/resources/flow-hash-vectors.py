#!/usr/bin/env python3
"""Writes flow-hash-vectors.txt: an implementation of the hash from its description alone,
that shares nothing with the Java code. Each frame's key is stated by hand beside it."""

import ipaddress
import struct

MASK = (1 << 64) - 1


def absorb(h, word):
    z = ((h ^ word) + 0x9E3779B97F4A7C15) & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def member(h, n):
    return (h >> 32) * n >> 32


# A key: (tags, kind, number, endpoint, endpoint); an endpoint is (address, port) or a MAC.
def ip(a, b, proto, vlan=()):
    ends = [(ipaddress.ip_address(x), p) for x, p in (a, b)]
    return (list(vlan), ends[0][0].version, proto, *ends)


def mac(a, b, ether_type, vlan=()):
    return (list(vlan), 1, ether_type, int(a, 16), int(b, 16))


NOTHING = ([], 0, 0)
VLAN, IP, PORT = (0, 1, 3), (0, 2, 3, 4), (0, 4)


def key_hash(key, mode):
    h, tags, kind = 0, key[0], key[1]
    if mode in VLAN:
        v = 0
        for tag in tags:
            v = absorb(v, tag)
        h = absorb(h, v)
    if mode not in IP:
        return h
    if kind == 0:
        return absorb(h, 0)
    number, ends = key[2], key[3:]
    if kind == 1:
        return absorb(absorb(absorb(h, 1 << 32 | number), min(ends)), max(ends))
    h = absorb(h, kind << 32 | (number if mode in PORT else 0))
    (low, lp), (high, hp) = sorted((int(a), p if mode in PORT else 0) for a, p in ends)
    if kind == 4:
        return absorb(absorb(h, low << 16 | lp), high << 16 | hp)
    for word in (low >> 64, low & MASK, high >> 64, high & MASK, lp << 16 | hp):
        h = absorb(h, word)
    return h


def address(a):
    if a.version == 4:
        return str(a)
    return "[" + ":".join("%x" % int(part, 16) for part in a.exploded.split(":")) + "]"


def key_text(key, mode):
    vlan = "vlan=" + (".".join(map(str, key[0])) or "none") if mode in VLAN else ""
    return (vlan + " " + (key_rest(key, mode) if mode in IP else "")).strip()


def key_rest(key, mode):
    if key[1] == 0:
        return "nothing"
    if key[1] == 1:
        return "mac=%012x,%012x type=%04x" % (min(key[3:]), max(key[3:]), key[2])
    ends = sorted((a, p if mode in PORT else 0) for a, p in key[3:])
    if mode in PORT:
        return "ip=%s proto=%d" % (",".join("%s:%d" % (address(a), p) for a, p in ends), key[2])
    return "ip=" + ",".join(address(a) for a, _ in ends)


def u16(n):
    return struct.pack(">H", n)


def ether(payload, ether_type, dst="02000000000b", src="02000000000a"):
    return bytes.fromhex(dst + src) + u16(ether_type) + payload


def ipv4(payload, proto, src="10.0.0.1", dst="10.0.0.2", ident=1, frag=0):
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), ident, frag, 64, proto, 0)
    return head + ipaddress.ip_address(src).packed + ipaddress.ip_address(dst).packed + payload


def ipv6(payload, proto, src="2001:db8::1", dst="2001:db8::2"):
    head = struct.pack(">IHBB", 6 << 28, len(payload), proto, 64)
    return head + ipaddress.ip_address(src).packed + ipaddress.ip_address(dst).packed + payload


def udp(s, d, payload=b""):
    return struct.pack(">HHHH", s, d, 8 + len(payload), 0) + payload


def tcp(s, d):
    return struct.pack(">HHIIHHHH", s, d, 1, 2, 0x5010, 8192, 0, 0)


def icmp(kind, body=b""):
    return struct.pack(">BBHI", kind, 0, 0, 0) + body


def hexa(text):
    return bytes.fromhex(text)


A, B, A6, B6 = "10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2"
TCP = ipv4(tcp(5000, 80), 6)
UDP6 = ipv6(udp(53, 40000), 17)
K_TCP = ip((A, 5000), (B, 80), 6)
K_UDP6 = ip((A6, 53), (B6, 40000), 17)
K_MACS = "02000000000a", "02000000000b"
OUTER = "192.0.2.1", "192.0.2.2"


def outer(payload, proto):
    return ether(ipv4(payload, proto, *OUTER), 0x0800)


def k_outer(proto, s=0, d=0):
    return ip((OUTER[0], s), (OUTER[1], d), proto)


WIFI = hexa("08010000 02000000000b 02000000000a 02000000000c 0000 aaaa03 000000 0800")
INNER = ether(TCP, 0x0800, "02000000001b", "02000000001a")

# name, link type, frame, key, key with tunnel=inner if it is another
SAMPLES = [
    ("TCP", 1, ether(TCP, 0x0800), K_TCP),
    ("TCP, other direction", 1, ether(ipv4(tcp(80, 5000), 6, B, A), 0x0800), K_TCP),
    ("UDP of IPv6", 1, ether(UDP6, 0x86DD), K_UDP6),
    ("UDP of IPv6, other direction", 1,
     ether(ipv6(udp(40000, 53), 17, B6, A6), 0x86DD), K_UDP6),
    ("SCTP", 1, ether(ipv4(udp(7, 9, bytes(4)), 132), 0x0800), ip((A, 7), (B, 9), 132)),
    ("UDP-Lite", 1, ether(ipv4(udp(7, 9), 136), 0x0800), ip((A, 7), (B, 9), 136)),
    ("DCCP", 1, ether(ipv6(udp(7, 9, bytes(8)), 33), 0x86DD), ip((A6, 7), (B6, 9), 33)),
    ("OSPF", 1, ether(ipv4(bytes(24), 89), 0x0800), ip((A, 0), (B, 0), 89)),
    ("ICMP echo", 1, ether(ipv4(icmp(8, bytes(8)), 1), 0x0800), ip((A, 0), (B, 0), 1)),
    ("high addresses", 1, ether(ipv4(tcp(65535, 1), 6, "255.0.0.1", "127.0.0.1"), 0x0800),
     ip(("255.0.0.1", 65535), ("127.0.0.1", 1), 6)),
    ("high IPv6 addresses", 1, ether(ipv6(tcp(1, 2), 6, "ff02::1", "fe80::1"), 0x86DD),
     ip(("ff02::1", 1), ("fe80::1", 2), 6)),
    ("same addresses", 1, ether(ipv6(udp(9, 8), 17, "::1", "::1"), 0x86DD),
     ip(("::1", 9), ("::1", 8), 17)),
    ("VLAN", 1, ether(hexa("600a0800") + TCP, 0x8100), ([10],) + K_TCP[1:]),
    ("priority tag", 1, ether(hexa("60000800") + TCP, 0x8100), K_TCP),
    ("QinQ", 1, ether(hexa("0064810000070800") + TCP, 0x88A8), ([100, 7],) + K_TCP[1:]),
    ("three tags", 1, ether(hexa("000188a80002810000030800") + TCP, 0x9100),
     ([1, 2, 3],) + K_TCP[1:]),
    ("ARP", 1, ether(bytes(28), 0x0806, "ffffffffffff"),
     mac("02000000000a", "ffffffffffff", 0x0806)),
    ("spanning tree", 1, ether(hexa("424203") + bytes(35), 38, "0180c2000000"),
     mac("0180c2000000", "02000000000a", 0)),
    ("SNAP", 1, ether(hexa("aaaa03 000000 0800") + TCP, 48), K_TCP),
    ("SNAP, long control field", 1, ether(hexa("aaaa0000 000000 0800") + TCP, 49), K_TCP),
    ("cut in the MAC addresses", 1, bytes(10), NOTHING),
    ("cut in the IP header", 1, ether(TCP, 0x0800)[:30], mac(*K_MACS, 0x0800)),
    ("cut in the ports", 1, ether(TCP, 0x0800)[:37], ip((A, 0), (B, 0), 6)),
    ("extension headers", 1,
     ether(ipv6(hexa("3c00010400000000 2b00010400000000 3300010400000000"
                     "1104000000000001 00000001") + bytes(12) + udp(53, 40000), 0), 0x86DD),
     K_UDP6),
    ("first fragment", 1, ether(ipv4(udp(7, 9, bytes(16)), 17, frag=0x2000), 0x0800),
     ip((A, 7), (B, 9), 17)),
    ("later fragment alone", 1, ether(ipv4(bytes(16), 17, frag=3), 0x0800),
     ip((A, 0), (B, 0), 17)),
    ("first fragment of IPv6", 1,
     ether(ipv6(hexa("1100000100000007") + udp(7, 9, bytes(16)), 44), 0x86DD),
     ip((A6, 7), (B6, 9), 17)),
    ("ICMP error", 1,
     ether(ipv4(icmp(11, TCP[:28]), 1, "192.0.2.9", A), 0x0800), K_TCP),
    ("ICMPv6 error", 1,
     ether(ipv6(icmp(2, UDP6), 58, "2001:db8::9", A6), 0x86DD), K_UDP6),
    ("ICMP error about an echo", 1,
     ether(ipv4(icmp(3, ipv4(icmp(8), 1)), 1, "192.0.2.9", A), 0x0800), ip((A, 0), (B, 0), 1)),
    ("PPPoE", 1, ether(hexa("1100000100290021") + TCP, 0x8864), K_TCP),
    ("PPPoE control", 1, ether(hexa("11000001000ac021") + bytes(8), 0x8864),
     mac(*K_MACS, 0x8864)),
    ("MPLS", 1, ether(hexa("0001004000020140") + TCP, 0x8847), K_TCP),
    ("MPLS pseudo-wire", 1, ether(hexa("0001014000000000") + INNER, 0x8847), K_TCP),
    ("IP in IP", 1, outer(TCP, 4), k_outer(4), K_TCP),
    ("IPv6 in IP", 1, outer(UDP6, 41), k_outer(41), K_UDP6),
    ("GRE", 1, outer(hexa("2000080000000001") + TCP, 47), k_outer(47), K_TCP),
    ("GRE bridging", 1, outer(hexa("00006558") + INNER, 47), k_outer(47), K_TCP),
    ("VXLAN", 1, outer(udp(40000, 4789, hexa("0800000000000100") + INNER), 17),
     k_outer(17, 40000, 4789), K_TCP),
    ("VXLAN with tags", 1,
     outer(udp(40000, 4789, hexa("0800000000000100") + ether(hexa("00050800") + TCP, 0x8100)),
           17),
     k_outer(17, 40000, 4789), ([5],) + K_TCP[1:]),
    ("GENEVE", 1, outer(udp(40000, 6081, hexa("010065580000010000000000") + INNER), 17),
     k_outer(17, 40000, 6081), K_TCP),
    ("GTP-U", 1,
     outer(udp(2152, 2152, hexa("34ff003000000001 00000085 01100000") + TCP), 17),
     k_outer(17, 2152, 2152), K_TCP),
    ("cooked", 113, hexa("0000000100060200000000 0a0000 0800") + TCP, K_TCP),
    ("cooked ARP", 113, hexa("0000000100060200000000 0a0000 0806") + bytes(28),
     mac("0", "0", 0x0806)),
    ("cooked, version 2", 276, hexa("86dd000000000002000100060200000000 0a0000") + UDP6, K_UDP6),
    ("raw", 101, TCP, K_TCP),
    ("raw IPv4", 228, TCP, K_TCP),
    ("raw IPv6", 229, UDP6, K_UDP6),
    ("null", 0, hexa("1e000000") + UDP6, K_UDP6),
    ("loop", 108, hexa("00000002") + TCP, K_TCP),
    ("PPP", 9, hexa("0021") + TCP, K_TCP),
    ("PPP, HDLC framing", 50, hexa("ff030057") + UDP6, K_UDP6),
    ("Cisco HDLC", 50, hexa("0f000800") + TCP, K_TCP),
    ("PPPoE without Ethernet", 51, hexa("1100000100290021") + TCP, K_TCP),
    ("802.11", 105, WIFI + TCP, K_TCP),
    ("802.11 protected", 105, hexa("0841") + WIFI[2:24] + bytes(40),
     mac("02000000000a", "02000000000c", 0)),
    ("802.11 acknowledgement", 105, hexa("d400 0000 02000000000a"), mac("0", "02000000000a", 0)),
    ("radiotap", 127, hexa("00000a000200000000 00") + WIFI + TCP, K_TCP),
]


def lines():
    for name, link_type, frame, key, *inner in SAMPLES:
        for mode in range(5):
            for tunnel, k in (("outer", key), ("inner", inner[0] if inner else key)):
                h = key_hash(k, mode)
                members = " ".join(str(member(h, n)) for n in (2, 3, 8, 32))
                yield " | ".join((name, str(link_type), str(mode), tunnel, frame.hex(),
                                  key_text(k, mode), "%016x" % h, members))


print("# Made by flow-hash-vectors.py. Nothing here may ever change: see FlowHash.")
print("# name | link type | clustermode | tunnel | frame | key | hash | member of 2 3 8 32")
for line in lines():
    print(line)
