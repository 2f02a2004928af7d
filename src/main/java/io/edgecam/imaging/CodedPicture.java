package io.edgecam.imaging;

import io.edgecam.picture.Jpeg;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A baseline JPEG with one scan, taken apart into what its header says and its coded bits. Only luma with two colour
 * differences, or grey alone, is taken. Immutable, for any number of threads.
 */
record CodedPicture(CodedFrame frame, CodedBits bits) {
    /** Reads the header and finds the scan's end; what the coded bits mean is not looked at. */
    static CodedPicture of(Jpeg image) throws NeedsDecoding {
        byte[] bytes = image.toBytes();
        try {
            return new Reading(ByteBuffer.wrap(bytes)).picture(bytes);
        } catch (BufferUnderflowException e) {
            throw new NeedsDecoding("has a header that ends too early");
        }
    }

    /** One walk through a header. For one thread. */
    private static final class Reading {
        private static final int SOF0 = 0xC0;
        private static final int SOF1 = 0xC1;
        private static final int DHT = 0xC4;
        private static final int SOF15 = 0xCF;
        private static final int SOS = 0xDA;
        private static final int DQT = 0xDB;
        private static final int DRI = 0xDD;
        private static final int APP0 = 0xE0;
        private static final int APP2 = 0xE2;
        private static final int APP14 = 0xEE;
        private static final int FILL = 0xFF;
        private static final String COLOUR_PROFILE = "ICC_PROFILE\0";
        private static final String ADOBE = "Adobe";
        private static final int ADOBE_TRANSFORM = 11;
        private static final int MOST_FACTOR = 4;
        private static final int MOST_BLOCKS_PER_MCU = 10;

        private final ByteBuffer in;
        private final Quantisation[] quantisations = new Quantisation[4];
        private final HuffmanTable[] dc = new HuffmanTable[4];
        private final HuffmanTable[] ac = new HuffmanTable[4];
        private final ByteArrayOutputStream application = new ByteArrayOutputStream();
        private int restartInterval;
        private int frameMarker;
        private ByteBuffer frame = ByteBuffer.allocate(0);

        Reading(ByteBuffer in) {
            this.in = in;
        }

        CodedPicture picture(byte[] bytes) throws NeedsDecoding {
            in.getShort();
            while (true) {
                int marker = marker();
                int start = in.position();
                int length = in.getShort() & 0xFFFF;
                if (length < 2 || start + length > in.limit()) {
                    throw new NeedsDecoding("has a segment of a wrong length");
                }
                ByteBuffer segment = in.slice(start + 2, length - 2);
                in.position(start + length);
                if (marker == SOS) {
                    CodedFrame read = frame(segment);
                    return new CodedPicture(read, CodedBits.of(bytes, in.position(), read, restartInterval));
                }
                take(marker, segment);
            }
        }

        private int marker() throws NeedsDecoding {
            if ((in.get() & 0xFF) != FILL) {
                throw new NeedsDecoding("has no marker at byte " + (in.position() - 1));
            }
            int marker = FILL;
            while (marker == FILL) {
                marker = in.get() & 0xFF;
            }
            return marker;
        }

        private void take(int marker, ByteBuffer segment) throws NeedsDecoding {
            switch (marker) {
                case DQT -> quantisations(segment);
                case DHT -> huffmanTables(segment);
                case DRI -> restartInterval = segment.getShort() & 0xFFFF;
                case SOF0, SOF1 -> frameHeader(marker, segment);
                case APP0 -> keep(marker, segment);
                case APP2 -> keepColourProfile(segment);
                case APP14 -> keepAdobe(segment);
                default -> refuseOtherFrames(marker);
            }
        }

        private void quantisations(ByteBuffer segment) throws NeedsDecoding {
            while (segment.hasRemaining()) {
                int kind = segment.get() & 0xFF;
                if (kind >> 4 > 1) {
                    throw new NeedsDecoding("has a quantisation table of an unknown kind");
                }
                quantisations[number(kind)] = Quantisation.read(segment, 1 + (kind >> 4));
            }
        }

        private void huffmanTables(ByteBuffer segment) throws NeedsDecoding {
            while (segment.hasRemaining()) {
                int kind = segment.get() & 0xFF;
                if (kind >> 4 > 1) {
                    throw new NeedsDecoding("has a Huffman table of an unknown kind");
                }
                (kind >> 4 == 0 ? dc : ac)[number(kind)] = HuffmanTable.read(segment);
            }
        }

        private void frameHeader(int marker, ByteBuffer segment) throws NeedsDecoding {
            if (frameMarker != 0) {
                throw new NeedsDecoding("has two frame headers");
            }
            frameMarker = marker;
            frame = segment;
        }

        private void refuseOtherFrames(int marker) throws NeedsDecoding {
            if (marker > SOF1 && marker <= SOF15) {
                throw new NeedsDecoding("is progressive, arithmetically coded or lossless");
            }
        }

        private void keepColourProfile(ByteBuffer segment) {
            if (starts(segment, COLOUR_PROFILE)) {
                keep(APP2, segment);
            }
        }

        private void keepAdobe(ByteBuffer segment) throws NeedsDecoding {
            if (starts(segment, ADOBE)) {
                if (segment.limit() > ADOBE_TRANSFORM && segment.get(ADOBE_TRANSFORM) != 1) {
                    throw new NeedsDecoding("is not coded as luma and colour differences");
                }
                keep(APP14, segment);
            }
        }

        private void keep(int marker, ByteBuffer segment) {
            application.write(FILL);
            application.write(marker);
            application.write((segment.limit() + 2) >> 8);
            application.write(segment.limit() + 2);
            for (int i = 0; i < segment.limit(); i++) {
                application.write(segment.get(i));
            }
        }

        private static boolean starts(ByteBuffer segment, String words) {
            byte[] wanted = words.getBytes(StandardCharsets.US_ASCII);
            return segment.limit() >= wanted.length
                    && segment.slice(0, wanted.length).equals(ByteBuffer.wrap(wanted));
        }

        private CodedFrame frame(ByteBuffer scan) throws NeedsDecoding {
            if (frameMarker == 0 || frame.get() != 8) {
                throw new NeedsDecoding("has not 8 bits a sample");
            }
            int height = frame.getShort() & 0xFFFF;
            int width = frame.getShort() & 0xFFFF;
            int count = frame.get();
            if ((count != 1 && count != 3) || scan.get() != count) {
                throw new NeedsDecoding("has " + count + " planes, or more than one scan");
            }
            List<Component> components = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                components.add(component(scan, count == 1));
            }
            refuseOddPlanes(components);
            ByteBuffer kept = ByteBuffer.wrap(application.toByteArray()).asReadOnlyBuffer();
            return new CodedFrame(frameMarker, width, height, components, kept);
        }

        /** @param alone whether there is no other plane: its blocks are then coded one by one, whatever the factors are */
        private Component component(ByteBuffer scan, boolean alone) throws NeedsDecoding {
            int id = frame.get() & 0xFF;
            int factors = frame.get();
            int across = alone ? 1 : factors >> 4 & 15;
            int down = alone ? 1 : factors & 15;
            Quantisation quantisation = quantisations[number(frame.get())];
            int scanned = scan.get() & 0xFF;
            int tables = scan.get();
            HuffmanTable dcTable = dc[number(tables >> 4)];
            HuffmanTable acTable = ac[number(tables)];
            if (scanned != id || quantisation == null || dcTable == null || acTable == null) {
                throw new NeedsDecoding("has a plane without its tables");
            }
            if (across < 1 || down < 1 || across > MOST_FACTOR || down > MOST_FACTOR) {
                throw new NeedsDecoding("has planes of unknown size");
            }
            return new Component(id, across, down, quantisation, dcTable, acTable);
        }

        private static void refuseOddPlanes(List<Component> components) throws NeedsDecoding {
            Component luma = components.get(0);
            int blocks = 0;
            for (Component component : components) {
                blocks += component.blocks();
                if (component.across() > luma.across() || component.down() > luma.down()) {
                    throw new NeedsDecoding("has less luma than colour");
                }
            }
            if (blocks > MOST_BLOCKS_PER_MCU) {
                throw new NeedsDecoding("has too many blocks in an MCU");
            }
            if (components.size() == 3 && luma.id() == 'R' && components.get(1).id() == 'G') {
                throw new NeedsDecoding("is coded as red, green and blue");
            }
        }

        private static int number(int kind) throws NeedsDecoding {
            if ((kind & 15) > 3) {
                throw new NeedsDecoding("names a table that cannot be");
            }
            return kind & 15;
        }
    }
}
