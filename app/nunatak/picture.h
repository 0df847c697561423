// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "arguments.h"
#include "base/install_paths.h"

/// Draws the project's 3D view, as it was left, into a file. Throws nunatak::Error.
void drawPicture(const Arguments& arguments, const nunatak::InstallPaths& paths);
