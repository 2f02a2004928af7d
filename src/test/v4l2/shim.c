/*
 * Plays a USB camera for tests: a library to be put before the C library (LD_PRELOAD) that answers the calls of V4L2 on
 * one path. The frames come from a file of JPEGs, one after the other; they are given out in that order, round and round.
 *
 *   SHIM_DEVICE   the path that is a camera; a plain file there makes it exist for everyone else
 *   SHIM_FRAMES   the file of JPEGs
 *   SHIM_WIDTH, SHIM_HEIGHT   their size
 *   SHIM_GONE     while a file of this name exists, the camera is unplugged: every call fails with ENODEV
 *   SHIM_PAD      so many bytes of rubbish follow each JPEG, as some cameras send it
 *
 * The device's descriptor is a timer, readable when a frame is due, so waiting for it with select or poll works as ever.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define BUFFERS 8
#define RATE 30

static int device = -1;
static int memory = -1;
static size_t room;
static unsigned buffers;
static unsigned queue[BUFFERS];
static unsigned queued;
static unsigned char *mapped;
static unsigned char *frames;
static size_t frames_length;
static size_t next_frame;

static int number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

static int gone(void) {
    const char *path = getenv("SHIM_GONE");
    return path && syscall(SYS_access, path, F_OK) == 0;
}

static int is_device(const char *path) {
    const char *ours = getenv("SHIM_DEVICE");
    return ours && path && strcmp(path, ours) == 0;
}

static void load_frames(void) {
    FILE *file = frames ? NULL : fopen(getenv("SHIM_FRAMES"), "rb");
    if (!file) {
        return;
    }
    fseek(file, 0, SEEK_END);
    frames_length = ftell(file);
    rewind(file);
    frames = malloc(frames_length);
    if (fread(frames, 1, frames_length, file) != frames_length) {
        frames_length = 0;
    }
    fclose(file);
}

/* The end of the JPEG that begins here: the first end mark, as these files have no pictures inside pictures. */
static size_t frame_end(size_t from) {
    for (size_t i = from; i + 1 < frames_length; i++) {
        if (frames[i] == 0xFF && frames[i + 1] == 0xD9) {
            return i + 2;
        }
    }
    return frames_length;
}

static int open_device(void) {
    if (gone()) {
        errno = ENODEV;
        return -1;
    }
    if (device >= 0) {
        errno = EBUSY;
        return -1;
    }
    load_frames();
    device = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    buffers = queued = 0;
    return device;
}

static void set_timer(long nanos) {
    struct itimerspec spec = {{0, nanos}, {0, nanos}};
    timerfd_settime(device, 0, &spec, NULL);
}

static void fill_format(struct v4l2_pix_format *format) {
    memset(format, 0, sizeof *format);
    format->width = number("SHIM_WIDTH");
    format->height = number("SHIM_HEIGHT");
    format->pixelformat = V4L2_PIX_FMT_MJPEG;
    format->field = V4L2_FIELD_NONE;
    format->sizeimage = frames_length + number("SHIM_PAD");
    format->colorspace = V4L2_COLORSPACE_JPEG;
}

static int request_buffers(struct v4l2_requestbuffers *request) {
    if (memory >= 0) {
        syscall(SYS_close, memory);
        memory = -1;
    }
    buffers = queued = 0;
    if (request->count == 0) {
        return 0;
    }
    buffers = request->count < BUFFERS ? request->count : BUFFERS;
    request->count = buffers;
    room = (frames_length + number("SHIM_PAD") + 4095) & ~(size_t) 4095;
    memory = memfd_create("camera", MFD_CLOEXEC);
    if (ftruncate(memory, room * buffers) != 0) {
        return -1;
    }
    mapped = (unsigned char *) syscall(
            SYS_mmap, NULL, room * buffers, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    return 0;
}

static void describe(struct v4l2_buffer *buffer, unsigned index) {
    buffer->index = index;
    buffer->type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer->memory = V4L2_MEMORY_MMAP;
    buffer->m.offset = index * room;
    buffer->length = room;
    buffer->field = V4L2_FIELD_NONE;
    buffer->flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
}

static int take_frame(struct v4l2_buffer *buffer) {
    uint64_t ticks;
    if (queued == 0 || syscall(SYS_read, device, &ticks, sizeof ticks) != sizeof ticks) {
        errno = EAGAIN;
        return -1;
    }
    unsigned index = queue[0];
    memmove(queue, queue + 1, --queued * sizeof *queue);
    size_t end = frame_end(next_frame);
    size_t length = end - next_frame;
    memcpy(mapped + index * room, frames + next_frame, length);
    memset(mapped + index * room + length, 0x5A, number("SHIM_PAD"));
    next_frame = end >= frames_length ? 0 : end;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    describe(buffer, index);
    buffer->bytesused = length + number("SHIM_PAD");
    buffer->timestamp.tv_sec = now.tv_sec;
    buffer->timestamp.tv_usec = now.tv_nsec / 1000;
    return 0;
}

static int answer(unsigned long request, void *argument) {
    if (gone()) {
        errno = ENODEV;
        return -1;
    }
    switch (request) {
        case VIDIOC_QUERYCAP: {
            struct v4l2_capability *it = argument;
            memset(it, 0, sizeof *it);
            strcpy((char *) it->driver, "shim");
            strcpy((char *) it->card, "Played camera");
            it->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
            it->capabilities = it->device_caps | V4L2_CAP_DEVICE_CAPS;
            return 0;
        }
        case VIDIOC_ENUMINPUT: {
            struct v4l2_input *it = argument;
            if (it->index == 0) {
                it->type = V4L2_INPUT_TYPE_CAMERA;
                return 0;
            }
            break;
        }
        case VIDIOC_G_INPUT:
            *(int *) argument = 0;
            return 0;
        case VIDIOC_S_INPUT:
        case VIDIOC_S_PARM:
            return 0;
        case VIDIOC_G_FMT:
        case VIDIOC_S_FMT:
        case VIDIOC_TRY_FMT: {
            struct v4l2_format *it = argument;
            if (it->type == V4L2_BUF_TYPE_VIDEO_CAPTURE) {
                fill_format(&it->fmt.pix);
                return 0;
            }
            break;
        }
        case VIDIOC_G_PARM: {
            struct v4l2_streamparm *it = argument;
            it->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
            it->parm.capture.timeperframe.numerator = 1;
            it->parm.capture.timeperframe.denominator = RATE;
            return 0;
        }
        case VIDIOC_REQBUFS:
            return request_buffers(argument);
        case VIDIOC_QUERYBUF: {
            struct v4l2_buffer *it = argument;
            if (it->index < buffers) {
                describe(it, it->index);
                return 0;
            }
            break;
        }
        case VIDIOC_QBUF:
            if (queued < BUFFERS) {
                queue[queued++] = ((struct v4l2_buffer *) argument)->index;
                return 0;
            }
            break;
        case VIDIOC_DQBUF:
            return take_frame(argument);
        case VIDIOC_STREAMON:
            set_timer(1000000000L / RATE);
            return 0;
        case VIDIOC_STREAMOFF:
            set_timer(0);
            queued = 0;
            return 0;
    }
    errno = EINVAL;
    return -1;
}

static int open_any(const char *path, int flags, mode_t mode) {
    return is_device(path) ? open_device() : (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

#define OPEN(name)                                      \
    int name(const char *path, int flags, ...) {        \
        va_list rest;                                   \
        va_start(rest, flags);                          \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                   \
        return open_any(path, flags, mode);             \
    }

OPEN(open)
OPEN(open64)

int __open_2(const char *path, int flags) {
    return open_any(path, flags, 0);
}

int __open64_2(const char *path, int flags) {
    return open_any(path, flags, 0);
}

int ioctl(int descriptor, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (descriptor >= 0 && descriptor == device) {
        return answer(request & 0xFFFFFFFFUL, argument);
    }
    return (int) syscall(SYS_ioctl, descriptor, request, argument);
}

int close(int descriptor) {
    if (descriptor >= 0 && descriptor == device) {
        device = -1;
    }
    return (int) syscall(SYS_close, descriptor);
}

void *mmap(void *at, size_t length, int protection, int flags, int descriptor, off_t offset) {
    int real = descriptor >= 0 && descriptor == device ? memory : descriptor;
    return (void *) syscall(SYS_mmap, at, length, protection, flags, real, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    return mmap(at, length, protection, flags, descriptor, offset);
}
