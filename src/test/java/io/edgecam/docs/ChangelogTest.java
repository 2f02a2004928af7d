package io.edgecam.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CHANGELOG.md is of the form that it says it has, that of keepachangelog.com 1.1.0. */
@Timeout(30)
class ChangelogTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^(#+ .*)$");
    private static final Pattern RELEASE = Pattern.compile("## \\[(\\d+\\.\\d+\\.\\d+)] - (\\d{4}-\\d\\d-\\d\\d)");
    private static final Pattern KIND = Pattern.compile("### (?:Added|Changed|Deprecated|Removed|Fixed|Security)");

    @Test
    void everyHeadingIsAReleaseOrAKindOfChange() throws IOException {
        List<String> headings = headings();
        assertThat(headings).first().isEqualTo("# Changes");
        assertThat(headings.subList(1, headings.size()))
                .isNotEmpty()
                .allMatch(heading -> heading.equals("## [Unreleased]")
                        || RELEASE.matcher(heading).matches()
                        || KIND.matcher(heading).matches());
    }

    @Test
    void theNewestStandsFirst() throws IOException {
        List<String> headings = headings();
        assertThat(headings.indexOf("## [Unreleased]")).isLessThanOrEqualTo(1);
        assertThat(headings.stream()
                        .map(RELEASE::matcher)
                        .filter(java.util.regex.Matcher::matches)
                        .map(release -> release.group(2)))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    private static List<String> headings() throws IOException {
        return HEADING.matcher(Page.of("CHANGELOG.md").prose())
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }
}
