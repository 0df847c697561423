// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak {

/// Seconds since this process was started (exec), from the kernel's record of it; exact to 10 ms. Negative
/// when /proc cannot be read.
double secondsSinceExec();
/// Largest resident memory of this process so far, MiB; negative when /proc cannot be read.
double peakResidentMebibytes();

} // namespace nunatak
