/*
 * Logs what a process does to the files whose paths begin with VIGIE_TEST_DISK_PREFIX, to VIGIE_TEST_DISK_LOG: every
 * write with its bytes, every change of size, every sync, in the order in which they happened. Preloaded (LD_PRELOAD)
 * into a hub by power-cut.test.ts, which plays the log back as a disk that lost what was never synced.
 *
 * Each record is a `struct record`, host byte order, then the path (once, the first time that it is used) and the bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum operation { WRITE = 1, TRUNCATE = 2, SYNC = 3, REMOVE = 4 };

struct record {
  uint32_t operation;
  uint32_t path_size;
  uint32_t data_size;
  uint32_t unused;
  /* Of a write: where. Of a change of size: the new one. Of a sync: how many records were there when it began. */
  uint64_t offset;
  /* CLOCK_MONOTONIC, when the operation was over. */
  uint64_t time_ns;
};

/* Held while a write happens and is logged, so that the log has the order of the disk. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;
static uint64_t records = 0;

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void) {
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  const char *path = getenv("VIGIE_TEST_DISK_LOG");
  if (path) log_file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_logged(const char *path) {
  const char *prefix = getenv("VIGIE_TEST_DISK_PREFIX");
  return log_file >= 0 && prefix && strncmp(path, prefix, strlen(prefix)) == 0;
}

/* The path of an open file, if it is one to log. */
static int path_of(int file, char *path, size_t size) {
  char link[64];
  if (log_file < 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, size - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_logged(path);
}

static void append(uint32_t operation, const char *path, uint64_t offset, const void *data, size_t size) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  struct record record = {operation, (uint32_t)strlen(path), (uint32_t)size, 0, offset,
                          (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec};
  struct iovec parts[] = {{&record, sizeof record}, {(void *)path, record.path_size}, {(void *)data, size}};
  ssize_t whole = (ssize_t)(sizeof record + record.path_size + size);
  if (writev(log_file, parts, 3) != whole) abort();
  records++;
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
  char path[4096];
  if (!path_of(file, path, sizeof path)) return real_pwrite(file, data, size, offset);
  pthread_mutex_lock(&lock);
  ssize_t written = real_pwrite(file, data, size, offset);
  if (written > 0) append(WRITE, path, (uint64_t)offset, data, (size_t)written);
  pthread_mutex_unlock(&lock);
  return written;
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset) {
  return pwrite64(file, data, size, offset);
}

int ftruncate64(int file, off64_t size) {
  char path[4096];
  if (!path_of(file, path, sizeof path)) return real_ftruncate(file, size);
  pthread_mutex_lock(&lock);
  int result = real_ftruncate(file, size);
  if (result == 0) append(TRUNCATE, path, (uint64_t)size, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

static int synced(int file, int (*sync)(int)) {
  char path[4096];
  if (!path_of(file, path, sizeof path)) return sync(file);
  pthread_mutex_lock(&lock);
  uint64_t before = records;
  pthread_mutex_unlock(&lock);
  int result = sync(file);
  if (result != 0) return result;
  pthread_mutex_lock(&lock);
  append(SYNC, path, before, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int fsync(int file) { return synced(file, real_fsync); }

int fdatasync(int file) { return synced(file, real_fdatasync); }

int unlink(const char *path) {
  pthread_mutex_lock(&lock);
  int result = real_unlink(path);
  if (result == 0 && is_logged(path)) append(REMOVE, path, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
