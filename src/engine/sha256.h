/* sha256.h - SHA-256 (FIPS 180-4) of the bytes of a page, for its custody and its identity. */
#ifndef KHABAR_ENGINE_SHA256_H
#define KHABAR_ENGINE_SHA256_H

#include "base/base.h"

/* 64 small hex digits, in OUT. */
kh_str kh_sha256_hex(kh_arena *out, kh_str bytes);

#endif
