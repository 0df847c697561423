// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/outline_source.h"

#include "exchange/column_roles.h"
#include "exchange/kml_fields.h"
#include "exchange/vector_files.h"
#include "raster/gdal_messages.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/held_file.h"
#include "raster/plain_file.h"
#include "raster/virtual_files.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

namespace nunatak::exchange {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostSamples = 3;
constexpr std::size_t longestSample = 60;
constexpr std::size_t mostTexts = 20'000;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool isPolygonal(OGRwkbGeometryType type) {
    const auto flat = wkbFlatten(type);
    return OGR_GT_IsSubClassOf(flat, wkbCurvePolygon) != 0 ||
           OGR_GT_IsSubClassOf(flat, wkbMultiSurface) != 0 || flat == wkbGeometryCollection;
}

/// True of types that can hold what is wanted.
bool isOfKind(OGRwkbGeometryType type, geo::ShapeKind kind) {
    const auto flat = wkbFlatten(type);
    switch (kind) {
    case geo::ShapeKind::Polyline:
        return OGR_GT_IsSubClassOf(flat, wkbCurve) != 0 || OGR_GT_IsSubClassOf(flat, wkbMultiCurve) != 0 ||
               flat == wkbGeometryCollection;
    case geo::ShapeKind::Point:
        return flat == wkbPoint || flat == wkbMultiPoint || flat == wkbGeometryCollection;
    case geo::ShapeKind::Area:
        break;
    }
    return isPolygonal(type);
}

/// "polygons", "lines", "points".
const char* wordFor(geo::ShapeKind kind) {
    return kind == geo::ShapeKind::Polyline ? "lines" : kind == geo::ShapeKind::Point ? "points" : "polygons";
}

geo::ShapeKind wantedKind(const ImportOptions& options) {
    return options.side == nullptr ? geo::ShapeKind::Area : options.side->shape;
}

/// True when the layer has at least one shape of the kind, whatever its declared type says.
bool hasKind(OGRLayer& layer, geo::ShapeKind kind) {
    const auto type = wkbFlatten(layer.GetGeomType());
    if (!isOfKind(type, kind) && type != wkbUnknown) {
        return false;
    }
    layer.ResetReading();
    bool found = false;
    while (!found) {
        const OGRFeatureUniquePtr feature(layer.GetNextFeature());
        if (!feature) {
            break;
        }
        const auto* geometry = feature->GetGeometryRef();
        found = geometry != nullptr && !geometry->IsEmpty() && isOfKind(geometry->getGeometryType(), kind);
    }
    layer.ResetReading();
    return found;
}

bool isShapefile(const std::string& path) {
    return lower(path).ends_with(".shp") || lower(path).ends_with(".dbf");
}

/// A Shapefile is several files, and often not all of them are copied.
void throwIfIndexIsMissing(const std::string& path) {
    if (!lower(path).ends_with(".shp")) {
        return;
    }
    const std::string stem = path.substr(0, path.size() - 4);
    if (raster::fileExists(path) && !raster::fileExists(stem + ".shx") &&
        !raster::fileExists(stem + ".SHX")) {
        throw Error(path + " cannot be read without " + fs::path(stem).filename().string() +
                    ".shx: a Shapefile is several files (.shp, .shx, .dbf, .prj); copy all of them.");
    }
}

bool isWithoutTable(const std::string& path) {
    const std::string stem = path.substr(0, path.size() - std::min<std::size_t>(4, path.size()));
    return lower(path).ends_with(".shp") && !raster::fileExists(stem + ".dbf") &&
           !raster::fileExists(stem + ".DBF");
}

std::shared_ptr<GDALDataset> openVector(const std::string& path) {
    raster::throwIfDevice(path);
    throwIfHeldHere(path);
    // The bytes of a DBF as they are: what they mean is told from them, see TextEncoding.
    const char* const raw[] = {"ENCODING=", nullptr};
    auto* dataset = static_cast<GDALDataset*>(
        GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr,
                   isShapefile(path) ? raw : nullptr, nullptr));
    return {dataset, [](GDALDataset* opened) { GDALClose(opened); }};
}

/// What a Shapefile says of its texts: its .cpg, else the code in its DBF.
std::string declaredEncoding(OGRLayer& layer) {
    for (const char* item : {"ENCODING_FROM_CPG", "ENCODING_FROM_LDID"}) {
        const char* found = layer.GetMetadataItem(item, "SHAPEFILE");
        if (found != nullptr && *found != '\0') {
            return found;
        }
    }
    return {};
}

bool isTextual(const OGRFieldDefn& field) {
    return field.GetType() == OFTString || field.GetType() == OFTStringList;
}

/// Also true of the two systems by which a GeoPackage says that it knows none.
std::string crsName(const OGRLayer& layer) {
    const auto* reference = const_cast<OGRLayer&>(layer).GetSpatialRef();
    const char* name = reference != nullptr ? reference->GetName() : nullptr;
    const bool isUndefined = reference == nullptr || reference->IsEmpty() != 0 || reference->IsLocal() != 0 ||
                             (name != nullptr && std::string(name).starts_with("Undefined"));
    return isUndefined ? std::string() : name != nullptr && *name != '\0' ? name : "unnamed";
}

struct Look {
    std::vector<std::string> rawNames;
    std::vector<std::set<std::string>> samples; ///< raw
    std::vector<std::set<std::string>> texts;   ///< raw, of columns that are told by them
    std::vector<long> filled;
};

/// Goes through the values of all features once.
Look lookThrough(OpenLayer& open, const FieldMapping& mapping, const Progress& progress) {
    auto& layer = *open.layer;
    auto& definition = *layer.GetLayerDefn();
    const auto count = static_cast<std::size_t>(definition.GetFieldCount());
    Look look{{},
              std::vector<std::set<std::string>>(count),
              std::vector<std::set<std::string>>(count),
              std::vector<long>(count, 0)};
    std::vector<bool> isWanted;
    for (std::size_t i = 0; i < count; ++i) {
        look.rawNames.emplace_back(definition.GetFieldDefn(static_cast<int>(i))->GetNameRef());
        open.encoding.see(look.rawNames.back());
        isWanted.push_back(isToldByItsTexts(look.rawNames.back(), mapping));
    }
    // Only values are looked at here.
    const char* const ignored[] = {"OGR_GEOMETRY", nullptr};
    const bool isWithout = layer.TestCapability(OLCIgnoreFields) != 0 &&
                           layer.SetIgnoredFields(const_cast<const char**>(ignored)) == OGRERR_NONE;
    const double total = static_cast<double>(std::max<GIntBig>(1, layer.GetFeatureCount(FALSE)));
    layer.ResetReading();
    while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
        progress.report(std::min(1.0, static_cast<double>(open.about.features) / total), "Reading columns");
        ++open.about.features;
        for (std::size_t i = 0; i < count; ++i) {
            const int field = static_cast<int>(i);
            if (feature->IsFieldSetAndNotNull(field) == 0) {
                continue;
            }
            const bool isText = isTextual(*definition.GetFieldDefn(field));
            const bool wantsSample = look.samples[i].size() < mostSamples;
            const bool wantsText = isWanted[i] && look.texts[i].size() < mostTexts;
            std::string text;
            if (isText || wantsSample || wantsText) {
                text = feature->GetFieldAsString(field);
            }
            if (isText) {
                open.encoding.see(text);
            }
            if (isText && text.empty()) {
                continue;
            }
            ++look.filled[i];
            if (wantsSample) {
                look.samples[i].insert(text);
            }
            if (wantsText) {
                look.texts[i].insert(std::move(text));
            }
        }
    }
    if (isWithout) {
        layer.SetIgnoredFields(nullptr);
    }
    layer.ResetReading();
    return look;
}

/// What the columns are called. Empty: one of the format's own that says nothing, or one that is empty and
/// gives way to such a one.
std::vector<std::string> namesOf(const Look& look) {
    std::vector<std::string> names = look.rawNames;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!KmlFields::isOwn(look.rawNames[i])) {
            continue;
        }
        names[i] = look.filled[i] == 0 ? std::string() : KmlFields::attributeFor(look.rawNames[i]);
        for (std::size_t k = 0; k < names.size(); ++k) {
            if (k != i && names[k] == names[i] && look.filled[k] == 0) {
                names[k].clear();
            }
        }
    }
    return names;
}

std::string shortened(std::string text) {
    if (text.size() > longestSample) {
        std::size_t end = longestSample;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
            --end; // never through a letter
        }
        text = text.substr(0, end) + "…";
    }
    return text;
}

void describe(OpenLayer& open, const ImportOptions& options, const Progress& progress) {
    open.encoding = TextEncoding(declaredEncoding(*open.layer), options.encoding);
    open.about.crs = crsName(*open.layer);
    const Look look = lookThrough(open, options.mapping, progress);
    open.about.encoding = open.encoding.name();
    const auto names = namesOf(look);
    for (std::size_t i = 0; i < look.rawNames.size(); ++i) {
        if (names[i].empty()) {
            continue;
        }
        open.fields.push_back(static_cast<int>(i));
        SourceColumn column;
        column.name = open.encoding.decoded(names[i]);
        column.filled = look.filled[i];
        for (const auto& sample : look.samples[i]) {
            column.samples.push_back(shortened(open.encoding.decoded(sample)));
        }
        if (!look.texts[i].empty()) {
            open.texts[column.name] = look.texts[i];
        }
        open.about.columns.push_back(std::move(column));
    }
}

const char* kindOf(OGRwkbGeometryType type) {
    switch (wkbFlatten(type)) {
    case wkbPoint:
    case wkbMultiPoint:
        return "points";
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
        return "lines";
    case wkbNone:
        return "a table";
    default:
        return "no polygons";
    }
}

/// Names that a user can type; the file's place as well where layers of several files have the same.
void nameLayers(std::vector<OpenLayer>& layers) {
    std::map<std::string, int> times;
    for (const auto& open : layers) {
        ++times[open.about.name];
    }
    for (auto& open : layers) {
        if (times[open.about.name] > 1 && !open.about.file.empty()) {
            open.about.name = open.about.file + ":" + open.about.name;
        }
    }
}

bool haveSameColumns(const std::vector<OpenLayer>& layers) {
    const auto namesOf = [](const OpenLayer& open) {
        std::set<std::string> names;
        for (const auto& column : open.about.columns) {
            names.insert(lower(column.name));
        }
        return names;
    };
    return std::all_of(layers.begin(), layers.end(),
                       [&](const OpenLayer& open) { return namesOf(open) == namesOf(layers.front()); });
}

/// A project's layers are versions of the same glaciers, not parts of one inventory.
bool isOfAProject(const OpenLayer& open) {
    const auto has = [&](const char* name) {
        return std::any_of(open.about.columns.begin(), open.about.columns.end(),
                           [&](const SourceColumn& column) { return column.name == name; });
    };
    return has("uuid") && has("model_fingerprint") && has("attributes");
}

void choose(OpenSource& source, const std::string& file, const ImportOptions& options) {
    auto& layers = source.layers;
    source.isChosen = !options.sourceLayers.empty();
    for (const std::string& wanted : options.sourceLayers) {
        bool found = lower(wanted) == "all";
        for (auto& open : layers) {
            const bool isMeant =
                lower(wanted) == "all" || open.about.name == wanted || open.layer->GetName() == wanted;
            open.about.isRead = open.about.isRead || isMeant;
            found = found || isMeant;
        }
        if (!found) {
            throw Error(file + " has no layer of polygons that is called \"" + wanted + "\": it has " +
                        choiceOfLayers({}, layers) + ".");
        }
    }
    if (source.isChosen) {
        return;
    }
    const bool isOneInventory =
        layers.size() == 1 || (haveSameColumns(layers) && !isOfAProject(layers.front()));
    for (auto& open : layers) {
        open.about.isRead = isOneInventory;
    }
}

} // namespace

std::string choiceOfLayers(const std::string& file, const std::vector<OpenLayer>& layers) {
    constexpr std::size_t most = 30;
    std::string list;
    for (std::size_t i = 0; i < layers.size() && i < most; ++i) {
        list += (i == 0 ? "" : ", ") + layers[i].about.name + " (" +
                counted(layers[i].about.features, "feature") + ")";
    }
    list += layers.size() > most ? " …" : "";
    return file.empty()
               ? list
               : file + " has several layers of polygons: " + list +
                     ". Say which to read with --source-layer NAME, once for each, or --source-layer "
                     "all (in the window: tick them).";
}

OpenSource openOutlineSource(const fs::path& file, const ImportOptions& options, const Progress& progress) {
    const std::string name = file.string();
    if (!options.encoding.empty() && !isKnownEncoding(options.encoding)) {
        throw Error(
            "\"" + options.encoding +
            "\" is no encoding of texts that can be read: use one such as UTF-8, CP1252, CP1250, CP1251 or "
            "CP866.");
    }
    OpenSource source;
    const auto files = vectorFilesIn(file, source.notes);
    raster::GdalMessages messages;
    std::string failure;
    std::vector<std::string> others; // layers without polygons
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto part = progress.part(static_cast<double>(i) / static_cast<double>(files.size()),
                                        static_cast<double>(i + 1) / static_cast<double>(files.size()));
        const bool isWithin = !files[i].shown.empty();
        messages.clear();
        throwIfIndexIsMissing(files[i].path);
        const auto dataset = openVector(files[i].path);
        if (!dataset) {
            if (!isWithin) {
                throw Error(name + " is no vector file that can be read" + messages.reason());
            }
            // Any JSON may lie beside outlines; what is called a Shapefile is one.
            if (!lower(files[i].path).ends_with(".json")) {
                source.notes.push_back(files[i].shown + " cannot be read and was left out" +
                                       messages.reason());
            }
            continue;
        }
        if (isWithoutTable(files[i].path)) {
            source.notes.push_back((isWithin ? files[i].shown : name) +
                                   " comes without its .dbf file: its outlines have no names and no dates.");
        }
        for (int k = 0; k < dataset->GetLayerCount(); ++k) {
            messages.clear();
            auto* layer = dataset->GetLayer(k);
            if (layer == nullptr) {
                continue;
            }
            if (!hasKind(*layer, wantedKind(options))) {
                if (failure.empty()) {
                    failure = messages.failure();
                }
                if (layer->GetGeomType() != wkbNone && layer->GetFeatureCount() > 0) {
                    others.push_back(std::string(layer->GetName()) + " (" + kindOf(layer->GetGeomType()) +
                                     ")");
                }
                continue;
            }
            OpenLayer open;
            open.dataset = dataset;
            open.layer = layer;
            open.about.name = layer->GetName();
            open.about.file = files[i].shown;
            describe(open, options, part);
            source.layers.push_back(std::move(open));
        }
    }
    if (source.layers.empty()) {
        if (!failure.empty()) {
            throw Error(name + " could not be read: " + failure);
        }
        throw Error(name + " has no " + wordFor(wantedKind(options)) + ": choose a file with " +
                    (options.side == nullptr ? "glacier outlines" : std::string(options.side->term)) + "." +
                    (source.notes.empty() ? "" : " " + source.notes.front()));
    }
    if (!others.empty()) {
        std::string list;
        for (const auto& other : others) {
            list += (list.empty() ? "" : ", ") + other;
        }
        source.notes.push_back(std::string("Layers without ") + wordFor(wantedKind(options)) +
                               " were not read: " + list + ".");
    }
    nameLayers(source.layers);
    choose(source, name, options);
    ColumnTexts ofAllRead; // parts of one inventory write dates in one way
    for (const auto& open : source.layers) {
        for (const auto& [column, texts] : open.texts) {
            if (open.about.isRead) {
                ofAllRead[column].insert(texts.begin(), texts.end());
            }
        }
    }
    for (auto& open : source.layers) {
        // What the user maps are columns of the layers that are read.
        assignRoles(open.about.columns, open.about.isRead ? options.mapping : FieldMapping(),
                    open.about.isRead ? ofAllRead : open.texts,
                    source.layers.size() == 1 ? name : name + ", layer " + open.about.name + ",");
    }
    return source;
}

} // namespace nunatak::exchange
