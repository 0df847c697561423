// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "exchange/export_ids.h"
#include "exchange/export_schema.h"
#include "geo/crs.h"
#include "outlines/outline.h"
#include "outlines/surface_measures.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// What an elevation model says of an outline in longitude and latitude. May throw Error, Cancelled.
using MeasureSurface =
    std::function<outlines::MeasuredSurface(const geo::MultiPolygon& inDegrees, double areaKm2, int utmZone)>;

/// What is written beside a file for whoever gets it: the document that data centres ask for.
struct DatasetNotes {
    std::string title;    ///< empty: made from the layer's
    std::string abstract; ///< empty: made from what is written
    std::string licence;  ///< such as "CC BY 4.0"
    std::string authors;
    bool isWanted = false; ///< also with the schema "plain"
};

/// A satellite image that outlines were drawn on.
struct SourceImage {
    std::string scene;   ///< its UUID, as outlines name it
    std::string name;    ///< as people call it
    std::string product; ///< the provider's, such as LC08_L1TP_…; empty: unknown
    std::string instrument;
    std::string date;                     ///< ISO 8601, with the time where that is known
    geo::MultiPolygon footprint{};        ///< longitude and latitude, on beyond 180° where it has to
    std::optional<double> sunAzimuth{};   ///< degrees
    std::optional<double> sunElevation{}; ///< degrees

    /// What a data centre looks for: the provider's name, else what people call it.
    const std::string& id() const { return product.empty() ? name : product; }
};

/// What GLIMS wants to know besides the outlines.
struct GlimsChoice {
    std::string centre;                        ///< number of the regional centre
    std::string area;                          ///< name of the region
    std::string affiliation;                   ///< of the one who hands in
    std::string processing;                    ///< how the outlines were made; empty: made from what is known
    std::optional<double> localUncertainty{};  ///< of a vertex, m
    std::optional<double> globalUncertainty{}; ///< of the image's place, m
};

/// True where the outline was drawn on this image. What was imported into an inventory lies over the image
/// that was looked at then; it was drawn on it only where it is of its day.
inline bool isDrawnOn(const outlines::Outline& outline, const SourceImage& image) {
    const bool isOfElsewhere = outline.origin == outlines::Origin::Imported && !outline.isChanged;
    return !outline.sceneId.empty() && outline.sceneId == image.scene &&
           !(isOfElsewhere && !outline.srcDate.empty() && !image.date.starts_with(outline.srcDate));
}

struct ExportOptions {
    std::string schema = "plain";
    /// Empty: the schema's, else that of the outlines. Not for formats that have one of their own.
    geo::Crs crs{};
    RegionChoice regions{};
    /// None: no elevation model.
    MeasureSurface surface{};
    std::string elevationSource{}; ///< its name, such as COPDEM30
    /// What describes a shape is measured even where an imported file says it of this shape.
    bool measuresAnew = false;
    DatasetNotes notes{};
    GlimsChoice glims{};
    std::string layer{}; ///< how people call what is written
    /// The layer came from a file: so did those of its outlines of which nothing else is said.
    bool isOfFile = false;
    std::vector<SourceImage> images{};

    /// The image that an outline was drawn on; null: none of these.
    const SourceImage* imageOf(const outlines::Outline& outline) const {
        const auto found = std::find_if(images.begin(), images.end(),
                                        [&](const SourceImage& image) { return isDrawnOn(outline, image); });
        return found == images.end() ? nullptr : &*found;
    }
    /// How an outline came to be, as far as it or its layer says.
    outlines::Origin originOf(const outlines::Outline& outline) const {
        const bool isFromFile = isOfFile && outline.origin == outlines::Origin::Unknown &&
                                outline.model.empty() && !outline.isChanged;
        return isFromFile ? outlines::Origin::Imported : outline.origin;
    }
    /// The mean confidence of the model in an outline, 0 to 1; none where there is none.
    std::function<std::optional<double>(const outlines::Outline& outline)> confidence{};
};

/// A column of what will be written.
struct PreviewColumn {
    std::string name;
    outlines::AttributeType type = outlines::AttributeType::Text;
    std::size_t filled = 0;         ///< outlines that have a value
    std::string missing{};          ///< what is written of the others; empty: nothing
    std::vector<std::string> why{}; ///< each a reason, as the end of a sentence
    std::string example{};
    bool isOfSurface = false; ///< an elevation model says it
    bool isAwaited = false;   ///< it is not known yet: `filled`, `why` and `example` say nothing
};

/// What will be written.
struct ExportPreview {
    std::string schema; ///< its title
    std::string format; ///< "a Shapefile"
    std::string crs;    ///< its name
    std::size_t outlines = 0;
    double areaKm2 = 0; ///< of all
    std::vector<PreviewColumn> columns{};
    std::vector<std::string> files{}; ///< names
    std::vector<std::string> notes{}; ///< a sentence each, as WrittenOutlines::notes
};

} // namespace nunatak::exchange
