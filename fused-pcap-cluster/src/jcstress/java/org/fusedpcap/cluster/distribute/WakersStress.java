package org.fusedpcap.cluster.distribute;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Whoever registers and looks again either sees the news or is woken. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Saw nothing, but was woken")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Saw the news before anybody woke it")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Saw the news and was woken")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Sleeps for ever")
@State
public class WakersStress {

    private final Wakers wakers = new Wakers();
    private final ExtentQueue queue = new ExtentQueue();
    private final AtomicInteger woken = new AtomicInteger();

    /** The distributor. */
    @Actor
    public void publish() {
        queue.add(1);
        queue.publish();
        VarHandle.fullFence();
        wakers.wake();
    }

    /** The member. */
    @Actor
    public void lookAgain(II_Result result) {
        wakers.register(woken::incrementAndGet);
        result.r1 = (int) queue.tail();
    }

    /** Looks whether the member was woken. */
    @Arbiter
    public void count(II_Result result) {
        result.r2 = woken.get();
    }
}
