// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/column_roles.h"
#include "exchange/outline_files.h"
#include "exchange/text_encoding.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class GDALDataset;
class OGRLayer;

namespace nunatak::exchange {

/// A layer with polygons, looked through once: its columns are known.
struct OpenLayer {
    SourceLayer about;
    std::shared_ptr<GDALDataset> dataset;
    OGRLayer* layer = nullptr; ///< the dataset's
    std::vector<int> fields;   ///< of the layer, for each column: without a format's own (kml_fields.h)
    TextEncoding encoding{{}, {}};
    ColumnTexts texts;
};

/// All that a user's file, archive or folder holds.
struct OpenSource {
    std::vector<OpenLayer> layers; ///< those with polygons; the ones to be read are marked
    std::vector<std::string> notes;
    bool isChosen = false; ///< the options say which layers; else several of the same columns are marked
};

/// Opens it and chooses the layers to read as ImportOptions::sourceLayers says. Throws Error as
/// readOutlines() does, but where a choice among layers is wanted it marks none.
OpenSource openOutlineSource(const std::filesystem::path& file, const ImportOptions& options,
                             const Progress& progress);

/// A sentence that names the layers to choose from.
std::string choiceOfLayers(const std::string& file, const std::vector<OpenLayer>& layers);

} // namespace nunatak::exchange
