// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"

#include <filesystem>

namespace nunatak::exchange {

/// The published calibration (scikit-learn's KernelRidge with a Laplacian kernel) from a JSON file with its
/// fields X_fit_ and dual_coef_; gamma (1 when missing) and kernel may be there too. docs/models.md has the
/// lines of Python that make one. `inference` is what it was fitted on: plain, tta or mc_dropout. Throws
/// Error naming the file and the field.
models::Calibration readCalibration(const std::filesystem::path& file, const std::string& inference);

} // namespace nunatak::exchange
