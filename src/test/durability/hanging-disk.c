/*
 * A disk that hangs, for one process and one folder: a library to be put before the C library (LD_PRELOAD). While a file of
 * such a name is in the folder HANG_CONTROL, calls that are about files below HANG_FOLDER never return:
 *
 *   sync   fsync and fdatasync
 *   all    these, and whatever else changes something: write, rename, unlink, making a file
 *
 * The first that is stuck makes the file "stuck" there.
 *
 *   gcc -shared -fPIC -o hanging-disk.so hanging-disk.c
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int open_now(const char *path, int flags, mode_t mode) {
    return (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static int is(const char *name) {
    char path[PATH_MAX];
    const char *control = getenv("HANG_CONTROL");
    if (!control) {
        return 0;
    }
    snprintf(path, sizeof path, "%s/%s", control, name);
    return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

static void wait_for_ever(void) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/stuck", getenv("HANG_CONTROL"));
    int made = open_now(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (made >= 0) {
        syscall(SYS_close, made);
    }
    for (;;) {
        pause();
    }
}

static void use(const char *path) {
    const char *folder = getenv("HANG_FOLDER");
    if (folder && path && strncmp(path, folder, strlen(folder)) == 0) {
        wait_for_ever();
    }
}

static void use_file(int descriptor) {
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0) {
        path[length] = 0;
        use(path);
    }
}

static void change(const char *path) {
    if (is("all")) {
        use(path);
    }
}

static void change_file(int descriptor) {
    if (is("all")) {
        use_file(descriptor);
    }
}

static void force(int descriptor) {
    if (is("sync") || is("all")) {
        use_file(descriptor);
    }
}

int fsync(int descriptor) {
    force(descriptor);
    return (int) syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
    force(descriptor);
    return (int) syscall(SYS_fdatasync, descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    change_file(descriptor);
    return syscall(SYS_write, descriptor, bytes, length);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    change_file(descriptor);
    return syscall(SYS_writev, descriptor, parts, count);
}

int rename(const char *from, const char *to) {
    change(to);
    return (int) syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path) {
    change(path);
    return (int) syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (flags & O_CREAT) {
        change(path);
    }
    return open_now(path, flags, mode);
}
