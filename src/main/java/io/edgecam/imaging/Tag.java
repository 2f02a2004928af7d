package io.edgecam.imaging;

import java.nio.ByteBuffer;

/** One entry of a TIFF directory whose value is a row of bytes. */
final class Tag {
    private static final int ASCII = 2;
    private static final int UNDEFINED = 7;

    private final int number;
    private final int type;
    private final byte[] value;

    private Tag(int number, int type, byte[] value) {
        this.number = number;
        this.type = type;
        this.value = value;
    }

    /** @param value ends with a zero byte */
    static Tag text(int number, byte[] value) {
        return new Tag(number, ASCII, value);
    }

    static Tag undefined(int number, byte[] value) {
        return new Tag(number, UNDEFINED, value);
    }

    int length() {
        return value.length;
    }

    void writeHead(ByteBuffer out) {
        out.putShort((short) number).putShort((short) type).putInt(value.length);
    }

    /** The value and as many zero bytes as make it so long. */
    void writeValue(ByteBuffer out, int padded) {
        out.put(value).put(new byte[padded - value.length]);
    }
}
