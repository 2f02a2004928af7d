package io.edgecam.camera.source;

import io.edgecam.picture.Jpeg;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;

/** The colour in the middle of a picture, for tests. */
record Colour(int red, int green, int blue) {
    static Colour of(Jpeg jpeg) throws IOException {
        BufferedImage picture = ImageIO.read(jpeg.open());
        int rgb = picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2);
        return new Colour(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    @Override
    public String toString() {
        return red + "," + green + "," + blue;
    }
}
