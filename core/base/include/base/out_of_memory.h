// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace nunatak {

/// There was not enough memory for what was asked for; less of it at once may do.
class __attribute__((visibility("default"))) OutOfMemory : public Error {
public:
    using Error::Error;
};

} // namespace nunatak
