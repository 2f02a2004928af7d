package io.edgecam.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class ExifTest {
    private static final Instant MORNING = Instant.parse("2026-11-21T05:00:00.123Z");

    private final Jpeg frame = SampleJpegs.quarters(160, 120);

    @ParameterizedTest
    @EnumSource(StampSettings.Place.class)
    void tellsTheTimeInTheZoneOfTheStampAndTheCamera(StampSettings.Place place) throws Exception {
        Metadata metadata = ImageMetadataReader.readMetadata(
                develop(frame, place, "Gewächshaus").open());
        ExifIFD0Directory image = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        ExifSubIFDDirectory photo = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);

        assertThat(photo.getString(ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL)).isEqualTo("2026:11:21 06:00:00");
        assertThat(photo.getString(ExifSubIFDDirectory.TAG_DATETIME_DIGITIZED)).isEqualTo("2026:11:21 06:00:00");
        assertThat(image.getString(ExifIFD0Directory.TAG_DATETIME)).isEqualTo("2026:11:21 06:00:00");
        assertThat(photo.getString(ExifSubIFDDirectory.TAG_SUBSECOND_TIME_ORIGINAL))
                .isEqualTo("123");
        assertThat(photo.getString(ExifSubIFDDirectory.TAG_TIME_ZONE_ORIGINAL)).isEqualTo("+01:00");
        assertThat(photo.getDateOriginal()).isEqualTo(java.util.Date.from(MORNING));
        assertThat(image.getString(ExifIFD0Directory.TAG_MAKE)).isEqualTo("edgecam");
        assertThat(image.getString(ExifIFD0Directory.TAG_MODEL)).isEqualTo("front");
        assertThat(image.getString(ExifIFD0Directory.TAG_IMAGE_DESCRIPTION)).isEqualTo("Gewächshaus  No 7");
        assertThat(image.hasErrors() || photo.hasErrors()).isFalse();
    }

    @Test
    void leavesThePixelsAlone() throws Exception {
        Jpeg after = develop(frame, StampSettings.Place.NONE, "");

        assertThat(ImageIO.read(after.open()).getRGB(5, 5))
                .isEqualTo(ImageIO.read(frame.open()).getRGB(5, 5));
        assertThat(after.length() - frame.length()).isBetween(100, 600);
    }

    @Test
    void replacesTheHeaderThatWasThere() throws Exception {
        Jpeg once = develop(frame, StampSettings.Place.NONE, "one");
        Jpeg twice = develop(once, StampSettings.Place.NONE, "two");

        assertThat(twice.length()).isEqualTo(once.length());
        assertThat(ImageMetadataReader.readMetadata(twice.open()).getDirectoriesOfType(ExifIFD0Directory.class))
                .hasSize(1);
    }

    @Test
    void dropsTheCamerasOwnHeaderWithItsSmallPictureFromEveryOtherPicture() throws Exception {
        Jpeg withHeader = develop(frame, StampSettings.Place.NONE, "");
        StampSettings stamp =
                new StampSettings(StampSettings.Place.BELOW, new Strftime("%H:%M"), "", ZoneId.of("Europe/Berlin"), 50);
        LookSettings look =
                new LookSettings(0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 90, stamp, false);

        Jpeg after = new Darkroom().develop(new Frame("front", 1, MORNING, 0, withHeader), look, "");

        assertThat(ImageMetadataReader.readMetadata(after.open()).getDirectoriesOfType(ExifIFD0Directory.class))
                .isEmpty();
    }

    private static Jpeg develop(Jpeg image, StampSettings.Place place, String title) throws Exception {
        StampSettings stamp = new StampSettings(place, new Strftime("%H:%M"), title, ZoneId.of("Europe/Berlin"), 50);
        LookSettings look =
                new LookSettings(0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 90, stamp, true);
        return new Darkroom().develop(new Frame("front", 1, MORNING, 0, image), look, "No 7");
    }
}
