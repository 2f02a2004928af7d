/*
 * Plays a USB camera for tests: a library to be put before the C library (LD_PRELOAD) that answers the calls of V4L2 on
 * one path. A thread is the camera: it fills the buffers that are queued, 30 a second, and drops frames when there is none.
 *
 *   SHIM_DEVICE    the path that is a camera; to this process it looks like a device until it is gone
 *   SHIM_FRAMES    a file of frames: for each its length, 4 bytes, least first, and then its bytes; played round and round
 *   SHIM_FORMAT    four characters, what the camera gives and nothing else: MJPG if not set, YUYV, GREY, …
 *   SHIM_WIDTH, SHIM_HEIGHT   the size of its frames, whatever is asked
 *   SHIM_STAMP     "none": frames without a time stamp
 *   SHIM_CONTROL   a folder; what happens while a file of such a name is in it:
 *                    gone      unplugged: every call fails with ENODEV
 *                    busy      another program has the camera: it may be opened, but not be set up
 *                    noroom    the USB bus has no room: streaming does not start
 *                    silent    it gives no frames
 *                    stuck     no call to the driver returns
 *                  and the shim makes one there:
 *                    full      frames were dropped, for all buffers are waiting to be fetched
 *                    sticking  a call has been made that does not return
 *
 * Sixteen @ in a frame are replaced by the moment of its making, in nanoseconds of CLOCK_MONOTONIC and hexadecimal digits.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define BUFFERS 8
#define DESCRIPTORS 1024
#define RATE 30
#define PLACE "@@@@@@@@@@@@@@@@"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char ours[DESCRIPTORS];
static int owner = -1;
static int streaming;
static pthread_t camera;

static unsigned char *frames;
static size_t frames_length;
static size_t longest;
static size_t next_frame;

static int memory = -1;
static size_t room;
static unsigned char *mapped;
static unsigned buffers;
static unsigned queue[BUFFERS];
static unsigned queued;
static struct v4l2_buffer filled[BUFFERS];
static unsigned filled_count;

static int number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

static void control(char *path, const char *name) {
    snprintf(path, 4096, "%s/%s", getenv("SHIM_CONTROL"), name);
}

static int is(const char *name) {
    char path[4096];
    control(path, name);
    return syscall(SYS_access, path, F_OK) == 0;
}

static void set(const char *name) {
    char path[4096];
    control(path, name);
    int made = (int) syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY, 0600);
    if (made >= 0) {
        syscall(SYS_close, made);
    }
}

static int fail(int why) {
    errno = why;
    return -1;
}

static uint32_t format_code(void) {
    const char *text = getenv("SHIM_FORMAT");
    text = text ? text : "MJPG";
    return v4l2_fourcc(text[0], text[1], text[2], text[3]);
}

static size_t length_at(size_t place) {
    return frames[place] | frames[place + 1] << 8 | frames[place + 2] << 16 | (size_t) frames[place + 3] << 24;
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
    for (size_t i = 0; i < frames_length; i += 4 + length_at(i)) {
        longest = length_at(i) > longest ? length_at(i) : longest;
    }
}

static int open_device(void) {
    if (is("gone")) {
        return fail(ENODEV);
    }
    load_frames();
    int device = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC | EFD_SEMAPHORE);
    if (device >= 0 && device < DESCRIPTORS) {
        ours[device] = 1;
    }
    return device;
}

static int is_ours(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS && ours[descriptor];
}

static void wake(void) {
    uint64_t one = 1;
    if (syscall(SYS_write, owner, &one, sizeof one) < 0) {
        perror("the played camera");
    }
}

static void describe(struct v4l2_buffer *buffer, unsigned index) {
    memset(buffer, 0, sizeof *buffer);
    buffer->index = index;
    buffer->type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer->memory = V4L2_MEMORY_MMAP;
    buffer->m.offset = index * room;
    buffer->length = room;
    buffer->field = V4L2_FIELD_NONE;
    buffer->flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
}

static void expose(void) {
    unsigned index = queue[0];
    memmove(queue, queue + 1, --queued * sizeof *queue);
    size_t length = length_at(next_frame);
    unsigned char *picture = mapped + index * room;
    memcpy(picture, frames + next_frame + 4, length);
    next_frame = next_frame + 4 + length >= frames_length ? 0 : next_frame + 4 + length;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    char *place = memmem(picture, length, PLACE, sizeof PLACE - 1);
    if (place) {
        char digits[17];
        snprintf(digits, sizeof digits, "%016llx", now.tv_sec * 1000000000ULL + now.tv_nsec);
        memcpy(place, digits, 16);
    }
    struct v4l2_buffer *buffer = &filled[filled_count++];
    describe(buffer, index);
    buffer->bytesused = length;
    const char *stamp = getenv("SHIM_STAMP");
    if (!stamp || strcmp(stamp, "none") != 0) {
        buffer->timestamp.tv_sec = now.tv_sec;
        buffer->timestamp.tv_usec = now.tv_nsec / 1000;
    }
    wake();
}

static void *run_camera(void *unused) {
    struct timespec pause = {0, 1000000000L / RATE};
    for (;;) {
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&lock);
        if (!streaming) {
            pthread_mutex_unlock(&lock);
            return unused;
        }
        if (is("gone")) {
            wake();
        } else if (!is("silent")) {
            if (queued > 0) {
                expose();
            } else {
                set("full");
            }
        }
        pthread_mutex_unlock(&lock);
    }
}

static int start(void) {
    if (is("noroom")) {
        return fail(ENOSPC);
    }
    streaming = 1;
    pthread_create(&camera, NULL, run_camera, NULL);
    return 0;
}

/* With the lock, which is let go for a while. */
static void stop(void) {
    if (!streaming) {
        return;
    }
    streaming = 0;
    pthread_mutex_unlock(&lock);
    pthread_join(camera, NULL);
    pthread_mutex_lock(&lock);
    uint64_t ignored;
    while (syscall(SYS_read, owner, &ignored, sizeof ignored) > 0) {
    }
    queued = filled_count = 0;
}

static void free_buffers(void) {
    stop();
    if (memory >= 0) {
        munmap(mapped, room * buffers);
        syscall(SYS_close, memory);
    }
    memory = -1;
    owner = -1;
    buffers = queued = filled_count = 0;
}

static int request_buffers(int device, struct v4l2_requestbuffers *request) {
    if (is("busy") || (owner >= 0 && owner != device)) {
        return fail(EBUSY);
    }
    free_buffers();
    if (request->count == 0) {
        return 0;
    }
    owner = device;
    buffers = request->count = request->count < BUFFERS ? request->count : BUFFERS;
    size_t raw = (size_t) number("SHIM_WIDTH") * number("SHIM_HEIGHT") * 2;
    room = ((longest > raw ? longest : raw) + 4095) & ~(size_t) 4095;
    memory = memfd_create("camera", MFD_CLOEXEC);
    if (ftruncate(memory, room * buffers) != 0) {
        return -1;
    }
    mapped = (unsigned char *) syscall(
            SYS_mmap, NULL, room * buffers, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    return 0;
}

static int fetch(struct v4l2_buffer *buffer) {
    uint64_t ignored;
    if (syscall(SYS_read, owner, &ignored, sizeof ignored) < 0 || filled_count == 0) {
        return fail(EAGAIN);
    }
    *buffer = filled[0];
    memmove(filled, filled + 1, --filled_count * sizeof *filled);
    return 0;
}

static int set_format(int device, struct v4l2_format *it, int lasting) {
    if (it->type != V4L2_BUF_TYPE_VIDEO_CAPTURE) {
        return fail(EINVAL);
    }
    if (lasting && (is("busy") || (owner >= 0 && owner != device))) {
        return fail(EBUSY);
    }
    struct v4l2_pix_format *format = &it->fmt.pix;
    memset(format, 0, sizeof *format);
    format->width = number("SHIM_WIDTH");
    format->height = number("SHIM_HEIGHT");
    format->pixelformat = format_code();
    format->field = V4L2_FIELD_NONE;
    format->sizeimage = longest;
    return 0;
}

static int answer(int device, unsigned long request, void *argument) {
    if (is("gone")) {
        return fail(ENODEV);
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
            it->type = V4L2_INPUT_TYPE_CAMERA;
            return it->index == 0 ? 0 : fail(EINVAL);
        }
        case VIDIOC_G_INPUT:
            *(int *) argument = 0;
            return 0;
        case VIDIOC_S_INPUT:
            return 0;
        case VIDIOC_G_FMT:
        case VIDIOC_TRY_FMT:
            return set_format(device, argument, 0);
        case VIDIOC_S_FMT:
            return set_format(device, argument, 1);
        case VIDIOC_G_PARM:
        case VIDIOC_S_PARM: {
            struct v4l2_streamparm *it = argument;
            it->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
            it->parm.capture.timeperframe.numerator = 1;
            it->parm.capture.timeperframe.denominator = RATE;
            return 0;
        }
        case VIDIOC_REQBUFS:
            return request_buffers(device, argument);
        case VIDIOC_QUERYBUF: {
            struct v4l2_buffer *it = argument;
            if (it->index >= buffers) {
                return fail(EINVAL);
            }
            describe(it, it->index);
            return 0;
        }
        case VIDIOC_QBUF:
            if (queued == BUFFERS) {
                return fail(EINVAL);
            }
            queue[queued++] = ((struct v4l2_buffer *) argument)->index;
            return 0;
        case VIDIOC_DQBUF:
            return fetch(argument);
        case VIDIOC_STREAMON:
            return start();
        case VIDIOC_STREAMOFF:
            stop();
            return 0;
    }
    return fail(EINVAL);
}

static int open_any(const char *path, int flags, mode_t mode) {
    const char *device = getenv("SHIM_DEVICE");
    return device && path && strcmp(path, device) == 0
            ? open_device()
            : (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
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

static const char *looked_at(const char *path) {
    const char *device = getenv("SHIM_DEVICE");
    return device && strcmp(path, device) == 0 && !is("gone") ? "/dev/full" : path;
}

int stat64(const char *path, struct stat64 *out) {
    return fstatat64(AT_FDCWD, looked_at(path), out, 0);
}

int statx(int folder, const char *path, int flags, unsigned mask, struct statx *out) {
    return (int) syscall(SYS_statx, folder, looked_at(path), flags, mask, out);
}

int ioctl(int descriptor, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (!is_ours(descriptor)) {
        return (int) syscall(SYS_ioctl, descriptor, request, argument);
    }
    while (is("stuck")) {
        set("sticking");
        pause();
    }
    pthread_mutex_lock(&lock);
    int result = answer(descriptor, request & 0xFFFFFFFFUL, argument);
    pthread_mutex_unlock(&lock);
    return result;
}

int close(int descriptor) {
    if (is_ours(descriptor)) {
        pthread_mutex_lock(&lock);
        if (descriptor == owner) {
            free_buffers();
        }
        ours[descriptor] = 0;
        pthread_mutex_unlock(&lock);
    }
    return (int) syscall(SYS_close, descriptor);
}

void *mmap(void *at, size_t length, int protection, int flags, int descriptor, off_t offset) {
    return (void *) syscall(SYS_mmap, at, length, protection, flags, is_ours(descriptor) ? memory : descriptor, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    return mmap(at, length, protection, flags, descriptor, offset);
}
