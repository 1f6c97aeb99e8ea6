package org.fusedpcap.it.machine;

import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives each case a {@link Machine} of its own, looks afterwards whether it left anything behind,
 * and keeps the logs of a failed one in {@code target/cases}.
 */
public final class Machines implements ParameterResolver, AfterEachCallback {

    private static final Namespace OURS = Namespace.create(Machines.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Machine.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ProductImage image =
                context.getRoot()
                        .getStore(OURS)
                        .getOrComputeIfAbsent(
                                ProductImage.class, key -> ProductImage.make(), ProductImage.class);
        String title =
                context.getRequiredTestClass().getSimpleName()
                        + "."
                        + context.getRequiredTestMethod().getName();
        Machine machine = Machine.start(image.name(), title);
        context.getStore(OURS).put(Machine.class, machine);
        machine.run("mkdir", "-p", Machine.SRC, Machine.MNT, Machine.GOT, Machine.LOG);
        return machine;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Store store = context.getStore(OURS);
        Machine machine = store.remove(Machine.class, Machine.class);
        if (machine == null) {
            return;
        }
        boolean good = false;
        try (machine) {
            try {
                if (context.getExecutionException().filter(Machines::isFailure).isEmpty()) {
                    machine.assertNothingIsLeft();
                    good = true;
                }
            } finally {
                if (!good) {
                    machine.saveLogs();
                }
            }
        }
        if (good) {
            FileUtils.deleteDirectory(machine.folder().toFile());
        }
    }

    private static boolean isFailure(Throwable thrown) {
        return !(thrown instanceof TestAbortedException);
    }
}
