/* disk.h - a disk in memory for SQLite: any call to it can be made to fail, and power can be cut.
 *
 * It stands where the file system is, as SQLite's default VFS, so that the store is tested as it is built. What was written
 * and not synced is lost when power is cut, or reaches the disk in part, sector by sector, as chance (a seed) has it.
 * For one thread and one connection at a time.
 */
#ifndef KHABAR_TEST_DISK_H
#define KHABAR_TEST_DISK_H

#include <stdint.h>

typedef enum disk_fault {
    DISK_SOUND,
    DISK_ONCE, /* one call fails */
    DISK_FULL, /* writes fail from then on */
    DISK_CUT   /* everything fails from then on: power is gone */
} disk_fault;

void disk_begin(void);                           /* an empty disk, becomes the default VFS at the first call */
void disk_fail(disk_fault fault, uint64_t call); /* from the CALL-th call on (from 1), counted from now */
uint64_t disk_calls(void);                       /* since disk_fail or disk_begin */
void disk_restart(uint64_t seed);                /* power comes back; the disk is sound */

#endif
