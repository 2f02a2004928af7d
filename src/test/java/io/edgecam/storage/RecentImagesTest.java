package io.edgecam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.picture.Jpeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The last pictures in memory. */
@Timeout(20)
class RecentImagesTest {
    private final Jpeg image = SamplePictures.jpeg(1);

    @Test
    void keepsTheNewestAsLongAsThereIsRoom() {
        RecentImages images = new RecentImages(3 * image.length());
        for (int i = 1; i <= 5; i++) {
            images.add("picture-" + i, image);
        }
        assertThat(images.find("picture-2")).isEmpty();
        assertThat(images.find("picture-3")).contains(image);
        assertThat(images.find("picture-5")).contains(image);
    }

    @Test
    void aPictureThatComesTwiceTakesRoomOnce() {
        RecentImages images = new RecentImages(2 * image.length());
        images.add("first", image);
        images.add("second", image);
        images.add("second", image);
        assertThat(images.find("first")).contains(image);
    }

    @Test
    void oneThatIsTooBigIsNotKept() {
        RecentImages images = new RecentImages(image.length() - 1);
        images.add("big", image);
        assertThat(images.find("big")).isEmpty();
    }
}
