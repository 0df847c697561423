// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace nunatak {

/// The one error family. The message is a sentence a user can act on: what went wrong, with which file,
/// what to do. Failures of GDAL, LibTorch, SQLite and the system are wrapped into it where they enter.
class __attribute__((visibility("default"))) Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The user stopped the work. Nothing that was stored before is lost.
class __attribute__((visibility("default"))) Cancelled : public Error {
public:
    Cancelled() : Error("The work was cancelled.") {}
};

} // namespace nunatak
