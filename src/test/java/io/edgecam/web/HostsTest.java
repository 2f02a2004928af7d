package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which names are this machine's. */
@Timeout(10)
class HostsTest {
    @Test
    void itsOwnNamesAreWelcomeInAnyLetterCaseAndWithAPort() {
        Hosts hosts = Hosts.of(List.of("Greenhouse-Pi", ""), List.of());
        assertThat(hosts.welcome("greenhouse-pi:1337")).isTrue();
        assertThat(hosts.welcome("GREENHOUSE-PI.local")).isTrue();
        assertThat(hosts.welcome("greenhouse-pi.evil.example")).isFalse();
        assertThat(hosts.welcome(".local")).isFalse();
    }

    @Test
    void whatLooksLikeAnAddressButIsANameIsNot() {
        Hosts hosts = Hosts.of(List.of(), List.of());
        assertThat(hosts.welcome("10.0.0.7")).isTrue();
        assertThat(hosts.welcome("[fe80::1]:1337")).isTrue();
        assertThat(hosts.welcome("10.0.0.7.nip.io")).isFalse();
        assertThat(hosts.welcome("1.2.3")).isFalse();
        assertThat(hosts.welcome("")).isFalse();
        assertThat(hosts.welcome("localhost:port")).isFalse();
        assertThat(hosts.welcome("user@localhost")).isFalse();
    }

    @Test
    void knowsThisMachine() {
        assertThat(Hosts.ofThisMachine(List.of("cam.example")).welcome("cam.example"))
                .isTrue();
    }
}
