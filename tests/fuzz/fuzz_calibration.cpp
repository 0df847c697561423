// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes are, they are a calibration or one Error.
#include "base/error.h"
#include "exchange/calibration_file.h"
#include "fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const nunatak::tests::FuzzInput input(data, size);
    try {
        const auto calibration = nunatak::exchange::readCalibration(input.path(), "plain");
        if (calibration.points.empty() || calibration.points.size() != calibration.coefficients.size() ||
            !(calibration.gamma > 0)) {
            std::abort();
        }
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
    return 0;
}
