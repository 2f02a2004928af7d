package io.edgecam.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a baseline JPEG's header says of its only scan (ITU-T T.81, annex B): size, planes and their tables. An MCU is the
 * smallest piece that is coded as a whole: 8x8 pixels, or 16x16 where colour is kept at half the resolution.
 *
 * @param marker of the frame header: C0 or C1
 * @param components luma first; colours for three, grey for one
 * @param application segments that say how colours are meant, as they are in the file
 */
record CodedFrame(int marker, int width, int height, List<Component> components, ByteBuffer application) {
    /** A frame header can hold 35 more, but common decoders take no more than this. */
    static final int MOST_ROWS = 65_500;

    private static final int START = 0xFFD8;
    private static final int DQT = 0xDB;
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;

    CodedFrame {
        components = List.copyOf(components);
    }

    int mcuWidth() {
        return 8 * components.get(0).across();
    }

    int mcuHeight() {
        return 8 * components.get(0).down();
    }

    int mcusAcross() {
        return (width + mcuWidth() - 1) / mcuWidth();
    }

    int mcusDown() {
        return (height + mcuHeight() - 1) / mcuHeight();
    }

    int mcus() {
        return mcusAcross() * mcusDown();
    }

    int blocksPerMcu() {
        return components.stream().mapToInt(Component::blocks).sum();
    }

    CodedFrame withHeight(int rows) throws NeedsDecoding {
        if (rows > MOST_ROWS) {
            throw new NeedsDecoding("would have " + rows + " rows");
        }
        return new CodedFrame(marker, width, rows, components, application);
    }

    CodedFrame transposed() {
        List<Component> turned = components.stream().map(Component::transposed).toList();
        return new CodedFrame(marker, height, width, turned, application);
    }

    /** Whether anything can be coded with these tables: a table made for one picture may know only what that needed. */
    boolean knowsEverySymbol() {
        return components.stream()
                .allMatch(component -> component.dc().knowsAllOf(HuffmanTable.DC_LUMINANCE)
                        && component.ac().knowsAllOf(HuffmanTable.AC_LUMINANCE));
    }

    CodedFrame withStandardTables() {
        List<Component> coded = new ArrayList<>();
        for (Component component : components) {
            coded.add(
                    coded.isEmpty()
                            ? component.coded(HuffmanTable.DC_LUMINANCE, HuffmanTable.AC_LUMINANCE)
                            : component.coded(HuffmanTable.DC_CHROMINANCE, HuffmanTable.AC_CHROMINANCE));
        }
        return new CodedFrame(marker, width, height, coded, application);
    }

    /** Everything up to the first coded bit. */
    byte[] header() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024 + application.remaining());
        word(out, START);
        byte[] kept = new byte[application.remaining()];
        application.duplicate().get(kept);
        out.writeBytes(kept);
        List<Quantisation> quantisations = distinct(Component::quantisation);
        for (Quantisation table : quantisations) {
            segment(out, DQT, content -> table.write(content, quantisations.indexOf(table)));
        }
        segment(out, marker, content -> describe(content, quantisations));
        List<HuffmanTable> dc = distinct(Component::dc);
        List<HuffmanTable> ac = distinct(Component::ac);
        for (HuffmanTable table : dc) {
            segment(out, DHT, content -> table.write(content, dc.indexOf(table)));
        }
        for (HuffmanTable table : ac) {
            segment(out, DHT, content -> table.write(content, 0x10 | ac.indexOf(table)));
        }
        segment(out, SOS, content -> describeScan(content, dc, ac));
        return out.toByteArray();
    }

    private void describe(ByteArrayOutputStream out, List<Quantisation> quantisations) {
        out.write(8);
        word(out, height);
        word(out, width);
        out.write(components.size());
        for (Component component : components) {
            out.write(component.id());
            out.write(component.across() << 4 | component.down());
            out.write(quantisations.indexOf(component.quantisation()));
        }
    }

    private void describeScan(ByteArrayOutputStream out, List<HuffmanTable> dc, List<HuffmanTable> ac) {
        out.write(components.size());
        for (Component component : components) {
            out.write(component.id());
            out.write(dc.indexOf(component.dc()) << 4 | ac.indexOf(component.ac()));
        }
        out.write(0);
        out.write(63);
        out.write(0);
    }

    private <T> List<T> distinct(Function<Component, T> part) {
        return components.stream().map(part).distinct().toList();
    }

    private static void segment(ByteArrayOutputStream out, int marker, Content content) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        content.write(inner);
        word(out, 0xFF00 | marker);
        word(out, 2 + inner.size());
        out.writeBytes(inner.toByteArray());
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /** What is between a segment's length and its end. */
    private interface Content {
        void write(ByteArrayOutputStream out);
    }
}
