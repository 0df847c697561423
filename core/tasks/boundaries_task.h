// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/check.h"
#include "editing/snap.h"

#include <string>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// The outlines of a layer as they are now, to be checked as the window and the command line both do it.
/// Throws Error where there is no such layer.
editing::CheckRequest checkOf(const project::Project& project, const std::string& layer);

/// The same to be brought together within a tolerance (m). What comes of it is committed as any edit.
editing::SnapRequest snapOf(const project::Project& project, const std::string& layer, double tolerance);

/// Throws Error where the layer is a reference, which is not edited, with what can be done instead.
void throwUnlessEdited(const project::Project& project, const std::string& layer);

} // namespace nunatak::tasks
