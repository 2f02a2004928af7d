package io.edgecam.localedge;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

/** Keeps standard output for the lines that are read by machines. */
public final class Quiet {
    private Quiet() {}

    /** From now on libraries warn on standard error and say no more, whatever logger is near; call it first of all. */
    public static void libraries() {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }
}
