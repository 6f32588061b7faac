/* base.h - all of base/ at once. */
#ifndef KHABAR_BASE_BASE_H
#define KHABAR_BASE_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"
#include "base/utf8.h"

#endif
