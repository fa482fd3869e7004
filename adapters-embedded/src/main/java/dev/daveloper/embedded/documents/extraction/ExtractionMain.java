package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.function.DoubleConsumer;

/**
 * The process in which strangers' files are read: one after the other, as {@link Frame frames} on its standard input
 * ask for, answered by frames on its standard output. It ends with its parent.
 */
public final class ExtractionMain {
    private static final int BUFFER_BYTES = 1 << 16;

    /** How much more must be done before it is told. */
    private static final double TOLD_STEP = 0.01;

    private ExtractionMain() {}

    /** @param args none */
    public static void main(String[] args) throws IOException, InterruptedException {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES));
        // What libraries print must not come between the frames.
        System.setOut(System.err);
        SynchronousQueue<Frame> requests = new SynchronousQueue<>();
        Thread listener = new Thread(() -> listen(requests), "listener");
        listener.setDaemon(true);
        listener.start();
        send(new Frame(Frame.Type.HELLO, new byte[0]), out);
        while (true) {
            answer(Frames.requestIn(requests.take()), out);
        }
    }

    /** Listens on while a document is read, because the end of the input is the end of the parent. */
    private static void listen(SynchronousQueue<Frame> requests) {
        try (DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in))) {
            while (true) {
                requests.put(Frame.readFrom(in));
            }
        } catch (IOException | InterruptedException ended) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void answer(Frames.Request request, DataOutputStream out) throws IOException {
        try {
            ExtractedText text = DocumentReader.read(request.file(), request.kind(), request.bounds(), new Told(out));
            Frames.writeResult(text, out);
            out.flush();
        } catch (DocumentRefused refused) {
            send(Frames.refused(refused), out);
        }
    }

    private static void send(Frame frame, DataOutputStream out) throws IOException {
        frame.writeTo(out);
        out.flush();
    }

    private static final class Told implements DoubleConsumer {
        private final DataOutputStream out;
        private double told;

        Told(DataOutputStream out) {
            this.out = out;
        }

        @Override
        public void accept(double done) {
            if (done >= told + TOLD_STEP) {
                told = done;
                try {
                    send(Frames.progress(done), out);
                } catch (IOException parentGone) {
                    Runtime.getRuntime().halt(0);
                }
            }
        }
    }
}
