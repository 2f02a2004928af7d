/*
 * A disk made of one file, shown as MOUNTPOINT/disk through FUSE, for a loop device to lie on. It notes every write and
 * every flush in a log, so that the disk can be rebuilt as a loss of power would leave it; and it answers every write with
 * an I/O error as long as the file BROKEN exists.
 *
 *   cc -O2 -Wall faulty-disk.c -o faulty-disk $(pkg-config fuse3 --cflags --libs)
 *   faulty-disk IMAGE LOG BROKEN MOUNTPOINT -f
 *
 * A record of the log: one byte 'W' or 'F', then offset and length as unsigned 64-bit numbers in the machine's order, then
 * for 'W' the bytes.
 */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *const DISK = "/disk";
static int image;
static int log_file;
static const char *broken;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void note(char kind, uint64_t offset, uint64_t length, const char *bytes)
{
    struct iovec parts[] = {
        {&kind, 1}, {&offset, sizeof offset}, {&length, sizeof length}, {(void *)bytes, length}};
    ssize_t whole = 1 + sizeof offset + sizeof length + length;
    if (writev(log_file, parts, length ? 4 : 3) != whole)
        abort();
}

static int disk_getattr(const char *path, struct stat *out, struct fuse_file_info *file)
{
    (void)file;
    memset(out, 0, sizeof *out);
    if (strcmp(path, "/") == 0) {
        out->st_mode = S_IFDIR | 0755;
        out->st_nlink = 2;
        return 0;
    }
    if (strcmp(path, DISK) != 0)
        return -ENOENT;
    struct stat real;
    if (fstat(image, &real) < 0)
        return -errno;
    out->st_mode = S_IFREG | 0600;
    out->st_nlink = 1;
    out->st_size = real.st_size;
    return 0;
}

static int disk_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
                        struct fuse_file_info *file, enum fuse_readdir_flags flags)
{
    (void)path, (void)offset, (void)file, (void)flags;
    fill(buffer, DISK + 1, NULL, 0, 0);
    return 0;
}

static int disk_open(const char *path, struct fuse_file_info *file)
{
    (void)file;
    return strcmp(path, DISK) == 0 ? 0 : -ENOENT;
}

static int disk_read(const char *path, char *out, size_t length, off_t offset, struct fuse_file_info *file)
{
    (void)path, (void)file;
    ssize_t got = pread(image, out, length, offset);
    return got < 0 ? -errno : (int)got;
}

static int disk_write(const char *path, const char *bytes, size_t length, off_t offset, struct fuse_file_info *file)
{
    (void)path, (void)file;
    if (access(broken, F_OK) == 0)
        return -EIO;
    pthread_mutex_lock(&one_at_a_time);
    note('W', offset, length, bytes);
    ssize_t put = pwrite(image, bytes, length, offset);
    pthread_mutex_unlock(&one_at_a_time);
    return put < 0 ? -errno : (int)put;
}

static int disk_fsync(const char *path, int data_only, struct fuse_file_info *file)
{
    (void)path, (void)data_only, (void)file;
    if (access(broken, F_OK) == 0)
        return -EIO;
    pthread_mutex_lock(&one_at_a_time);
    note('F', 0, 0, NULL);
    pthread_mutex_unlock(&one_at_a_time);
    return 0;
}

static const struct fuse_operations OPERATIONS = {
    .getattr = disk_getattr,
    .readdir = disk_readdir,
    .open = disk_open,
    .read = disk_read,
    .write = disk_write,
    .fsync = disk_fsync,
};

int main(int count, char **words)
{
    if (count < 5)
        return 2;
    image = open(words[1], O_RDWR);
    log_file = open(words[2], O_CREAT | O_TRUNC | O_WRONLY, 0600);
    broken = words[3];
    if (image < 0 || log_file < 0)
        return 3;
    words[3] = words[0];
    return fuse_main(count - 3, words + 3, &OPERATIONS, NULL);
}
