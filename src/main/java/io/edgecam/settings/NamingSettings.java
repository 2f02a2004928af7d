package io.edgecam.settings;

import io.edgecam.json.Fields;
import io.edgecam.picture.BlobName;
import io.edgecam.picture.NameTemplate;

/**
 * What a camera's pictures are called.
 *
 * @param latest blob that always holds the newest picture; empty = none
 */
public record NamingSettings(NameTemplate name, String latest) {
    static NamingSettings read(Fields in) {
        return new NamingSettings(
                in.text(
                        "name",
                        "{camera}/%Y/%m/%d/%Y%m%dT%H%M%S.%LZ-{trigger}.jpg",
                        "strftime in UTC with tokens, different for each picture",
                        "what a picture's blob is called",
                        NameTemplate::new),
                in.text(
                        "latest",
                        "picture",
                        "the name of a blob, or empty",
                        "blob that is overwritten with each new picture; empty = none",
                        NamingSettings::blob));
    }

    private static String blob(String name) {
        if (!name.isEmpty()) {
            BlobName.problem(name).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
        }
        return name;
    }
}
