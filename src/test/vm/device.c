/*
 * What the checks in the virtual machine need of C, for a device or a user:
 *
 *   device feed DEVICE FRAMES WIDTH HEIGHT RATE   writes frames to a device of v4l2loopback as MJPEG, round and round;
 *                                                 FRAMES: for each its length, 4 bytes, least first, and then its bytes
 *   device hold DEVICE                            takes a camera as a program does that uses it
 *   device as USER PROGRAM ARGUMENT …             runs a program with the rights of that user number and of no group
 */
#include <fcntl.h>
#include <grp.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static int failed(const char *what) {
    perror(what);
    return 1;
}

static int feed(char **arguments) {
    FILE *file = fopen(arguments[1], "rb");
    int device = open(arguments[0], O_RDWR);
    if (!file || device < 0) {
        return failed(arguments[device < 0 ? 0 : 1]);
    }
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT};
    format.fmt.pix.width = atoi(arguments[2]);
    format.fmt.pix.height = atoi(arguments[3]);
    format.fmt.pix.pixelformat = V4L2_PIX_FMT_MJPEG;
    format.fmt.pix.sizeimage = format.fmt.pix.width * format.fmt.pix.height * 2;
    if (ioctl(device, VIDIOC_S_FMT, &format) < 0) {
        return failed("VIDIOC_S_FMT");
    }
    struct timespec pause = {0, 1000000000L / atoi(arguments[4])};
    unsigned char *frame = malloc(format.fmt.pix.sizeimage);
    for (;;) {
        unsigned char length[4];
        if (fread(length, 1, 4, file) != 4) {
            rewind(file);
            continue;
        }
        size_t bytes = length[0] | length[1] << 8 | length[2] << 16;
        if (bytes > format.fmt.pix.sizeimage || fread(frame, 1, bytes, file) != bytes) {
            return failed("a frame");
        }
        if (write(device, frame, bytes) < 0) {
            return failed("write");
        }
        nanosleep(&pause, NULL);
    }
}

static int hold(char **arguments) {
    int device = open(arguments[0], O_RDWR);
    struct v4l2_requestbuffers request = {
        .count = 2, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    if (device < 0 || ioctl(device, VIDIOC_REQBUFS, &request) < 0) {
        return failed(arguments[0]);
    }
    puts("held");
    fflush(stdout);
    pause();
    return 0;
}

static int as(char **arguments) {
    unsigned user = atoi(arguments[0]);
    if (setgroups(0, NULL) < 0 || setgid(user) < 0 || setuid(user) < 0) {
        return failed("setuid");
    }
    execv(arguments[1], arguments + 1);
    return failed(arguments[1]);
}

int main(int count, char **arguments) {
    if (count == 7 && strcmp(arguments[1], "feed") == 0) {
        return feed(arguments + 2);
    }
    if (count == 3 && strcmp(arguments[1], "hold") == 0) {
        return hold(arguments + 2);
    }
    if (count >= 4 && strcmp(arguments[1], "as") == 0) {
        return as(arguments + 2);
    }
    fputs("see device.c\n", stderr);
    return 2;
}
