package org.fusedpcap.cluster.flow;

/** Which fields of a frame choose the member: the option {@code clustermode}. */
public enum ClusterMode {
    /** 0: VLAN stack, addresses, protocol and ports. */
    VLAN_IP_PORT(true, true, true),
    /** 1: VLAN stack alone. */
    VLAN(true, false, false),
    /** 2: addresses alone. */
    IP(false, true, false),
    /** 3: VLAN stack and addresses. */
    VLAN_IP(true, true, false),
    /** 4: addresses, protocol and ports. */
    IP_PORT(false, true, true);

    private final boolean vlan;
    private final boolean ip;
    private final boolean port;

    ClusterMode(boolean vlan, boolean ip, boolean port) {
        this.vlan = vlan;
        this.ip = ip;
        this.port = port;
    }

    /**
     * The mode with this number.
     *
     * @param number the option's value, 0–4
     * @throws IllegalArgumentException if there is no such mode
     */
    public static ClusterMode of(int number) {
        if (number < 0 || number >= values().length) {
            throw new IllegalArgumentException("clustermode is 0 to 4, not " + number);
        }
        return values()[number];
    }

    /** The option's value, 0–4. */
    public int number() {
        return ordinal();
    }

    boolean usesVlan() {
        return vlan;
    }

    boolean usesIp() {
        return ip;
    }

    boolean usesPort() {
        return port;
    }
}
