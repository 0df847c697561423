// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/file_print.h"
#include "scene/scene.h"

#include <filesystem>
#include <string>
#include <vector>

// A scene as a project keeps it: its files by their paths, and by their places as seen from the project, for
// folders are moved and copied with all that is in them.
namespace nunatak::scene {

/// Throws Error, with what and why, where a value of the scene could not be read again: a date, a text that
/// is no UTF-8, a number that is none.
void throwUnlessKeepable(const Scene& scene);

/// JSON, with the places of the files as seen from the project and what they are known by again. Throws as
/// throwUnlessKeepable().
std::string toStoredJson(const Scene& scene, const std::filesystem::path& projectFolder);

struct StoredScene {
    Scene scene;
    std::vector<std::string>
        notes; ///< sentences: files that are gone or lie elsewhere, values not understood
};
/// The scene of toStoredJson(), or of a project of before it. Each file is looked for at its place relative
/// to the project first, then at its path, then beside the project under its name, then there by its print
/// (filePrint()), whatever it is called. A date in another notation
/// is understood, or counts as unknown, with a note. Throws Error when it is no scene.
StoredScene fromStoredJson(const std::string& json, const std::filesystem::path& projectFolder);

/// The files on this machine that a scene is made of, those within archives and of GDAL's names included
/// ("/vsizip//data/a.zip/b.tif" lies in "/data/a.zip").
std::vector<std::string> filesOf(const Scene& scene);
/// Those of them that are not there.
std::vector<std::string> missingFiles(const Scene& scene);
/// One sentence on them, with what to do; empty where all are there.
std::string missingNote(const Scene& scene);

/// The prints that a stored scene was kept with.
FilePrints printsIn(const std::string& json);

/// The scene with its files taken from `to`: a folder that holds them in the same subfolders, anywhere under
/// their names or, where these prints are known, under other names, or one file in place of the one of that
/// name, or of the only one that is missing.
/// Throws Error when nothing of it is there, or what is there is another raster (size or number of bands).
Scene relinked(const Scene& scene, const std::filesystem::path& to, const FilePrints& prints = {});

} // namespace nunatak::scene
