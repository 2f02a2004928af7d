package io.edgecam.imaging;

/**
 * One plane of a coded picture: luma, or a colour difference.
 *
 * @param id as the scan names it
 * @param across blocks side by side in an MCU
 * @param down blocks one upon the other in an MCU
 */
record Component(int id, int across, int down, Quantisation quantisation, HuffmanTable dc, HuffmanTable ac) {
    int blocks() {
        return across * down;
    }

    Component transposed() {
        return new Component(id, down, across, quantisation.transposed(), dc, ac);
    }

    Component coded(HuffmanTable newDc, HuffmanTable newAc) {
        return new Component(id, across, down, quantisation, newDc, newAc);
    }
}
