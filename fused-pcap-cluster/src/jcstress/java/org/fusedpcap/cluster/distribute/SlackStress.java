package org.fusedpcap.cluster.distribute;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Either the distributor sees that a member has left a block, or the member sees that slack is
 * wanted.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The member will wake the waiting")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The distributor has its block")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Everybody waits for ever")
@State
public class SlackStress {

    private final ExtentQueue queue = new ExtentQueue();
    private volatile boolean slackWanted;

    /** The member has one extent to read. */
    public SlackStress() {
        queue.add(1);
        queue.publish();
    }

    /** The distributor finds no block free. */
    @Actor
    public void wantSlack(II_Result result) {
        slackWanted = true;
        VarHandle.fullFence();
        result.r1 = queue.isConsumed() ? 1 : 0;
    }

    /** The member reads. */
    @Actor
    public void read(II_Result result) {
        queue.release(1);
        result.r2 = slackWanted ? 1 : 0;
    }
}
