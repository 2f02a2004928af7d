package io.edgecam.taking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {
    private final Names names = new Names();

    @Test
    void aNameThatIsFreeIsLeftAsItIs() {
        assertThat(names.unique("front/a.jpg")).isEqualTo("front/a.jpg");
        assertThat(names.unique("front/b.jpg")).isEqualTo("front/b.jpg");
    }

    @Test
    void aNameThatWasGivenGetsANumberBeforeItsEnding() {
        names.unique("front.door/a.jpg");
        assertThat(names.unique("front.door/a.jpg")).isEqualTo("front.door/a-2.jpg");
        assertThat(names.unique("front.door/a.jpg")).isEqualTo("front.door/a-3.jpg");
        names.unique("front.door/a");
        assertThat(names.unique("front.door/a")).isEqualTo("front.door/a-2");
    }

    @Test
    void aThousandTimesTheSameAreAThousandNames() {
        Set<String> given = new HashSet<>();
        for (int number = 0; number < 1000; number++) {
            assertThat(given.add(names.unique("a.jpg"))).isTrue();
        }
    }
}
