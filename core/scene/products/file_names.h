// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::scene::products {

/// True for *.tar, *.tar.gz, *.tgz and *.zip.
bool isArchive(const std::string& path);
/// The last part of a path without slashes at its end.
std::string nameOf(const std::string& path);
/// Case as in file names of other systems does not matter.
bool endsWith(const std::string& text, const std::string& end);
/// True when a name is what a pattern says, in which * stands for any number of characters.
bool fits(const std::string& name, const std::string& pattern);

} // namespace nunatak::scene::products
