// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QString>

#include <vector>

namespace nunatak::ui::ground {

/// A view to come back to.
struct Bookmark {
    QString name;
    QString camera; ///< as Viewport::cameraState
    double exaggeration = 1;
    bool operator==(const Bookmark&) const = default;
};

/// Those kept in the project, in their order; what is damaged is left out.
std::vector<Bookmark> readBookmarks(const project::Project& project);
/// Throws Error.
void writeBookmarks(const std::vector<Bookmark>& bookmarks, project::Project& project);
/// A name that none of them has yet: "View 3".
QString freshName(const std::vector<Bookmark>& bookmarks);

} // namespace nunatak::ui::ground
