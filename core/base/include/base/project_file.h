// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

// Projects are told from other files by everything that writes files, also where there is no database.
namespace nunatak {

/// True when the file is a Nunatak project, open or not, whole or damaged. Links are followed. Of a file that
/// a Nunatak has open for writing nothing is read: closing it again would take that one's locks away.
bool isProjectFile(const std::filesystem::path& file);

/// Throws Error unless a project may be called so: programs tell a GeoPackage by the ending .gpkg.
void throwUnlessProjectName(const std::filesystem::path& file);

/// Throws Error, with what to do, where something is about to be written in the place of a project.
void throwIfProject(const std::filesystem::path& file);

} // namespace nunatak
