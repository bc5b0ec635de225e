/* Power loss without pulling the plug: what was synced is copied to a shadow folder, and nothing else is.
 *
 * LD_PRELOAD this with SHADOW_SRC and SHADOW_DST set. After a successful fsync or fdatasync of a regular file under
 * SHADOW_SRC its bytes go to the same name under SHADOW_DST; unlink is mirrored. After kill -9 the shadow holds what a
 * machine would hold whose power was cut. With SHADOW_CUT_AT=n the power goes off right after the n-th of those syncs.
 * Source: assurance, appendix A1.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int in_shadow(const char *path, char *out) {
    const char *src = getenv("SHADOW_SRC"), *dst = getenv("SHADOW_DST");
    size_t length;
    if (!src || !dst) return 0;
    length = strlen(src);
    if (strncmp(path, src, length) != 0 || path[length] != '/') return 0;
    return snprintf(out, PATH_MAX, "%s%s", dst, path + length) < PATH_MAX - 32;
}

static int synced;

static void copy(int fd) {
    char link[64], path[PATH_MAX], to[PATH_MAX], part[PATH_MAX + 32], buffer[65536];
    struct stat st;
    ssize_t n;
    off_t at = 0;
    int out, kept = errno;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return;
    path[n] = 0;
    if (!in_shadow(path, to)) return;
    snprintf(part, sizeof part, "%s.part%ld", to, (long)getpid());
    out = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0) abort();
    while ((n = pread(fd, buffer, sizeof buffer, at)) > 0) {
        if (write(out, buffer, (size_t)n) != n) abort();
        at += n;
    }
    close(out);
    if (rename(part, to) != 0) abort();
    if (getenv("SHADOW_CUT_AT") && ++synced == atoi(getenv("SHADOW_CUT_AT"))) kill(getpid(), SIGKILL);
    errno = kept;
}

int fsync(int fd) {
    static int (*real)(int);
    int result;
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    result = real(fd);
    if (result == 0) copy(fd);
    return result;
}

int fdatasync(int fd) {
    static int (*real)(int);
    int result;
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    result = real(fd);
    if (result == 0) copy(fd);
    return result;
}

int unlink(const char *path) {
    static int (*real)(const char *);
    char to[PATH_MAX];
    int result;
    if (!real) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    result = real(path);
    /* Without this a stale rollback journal in the shadow would undo everything. */
    if (result == 0 && path[0] == '/' && in_shadow(path, to)) real(to);
    return result;
}
