/* F11: a disk that cannot keep what it is given. While the file $BAD_WHEN exists, every sync of a regular file fails with
   EIO; the bytes are written all the same, as a page cache does. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_bad(int fd) {
  const char *when = getenv("BAD_WHEN");
  struct stat st;
  return when && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && access(when, F_OK) == 0;
}

static int synced(const char *name, int fd) {
  if (is_bad(fd)) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }
