// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/written_features.h"

#include "exchange/vector_format.h"

#include <ogrsf_frmts.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

std::uintmax_t sizeOf(const fs::path& file) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    return missing ? 0 : size;
}

template <std::size_t count>
bool readAt(const fs::path& file, std::size_t place, std::array<std::uint8_t, count>& bytes) {
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(place));
    return static_cast<bool>(stream.read(reinterpret_cast<char*>(bytes.data()), count));
}

/// Bytes that the header of a .shp or .shx says, in 16-bit words, the highest byte first.
std::uintmax_t saidLength(const fs::path& file) {
    constexpr std::size_t place = 24;
    std::array<std::uint8_t, 4> bytes{};
    if (!readAt(file, place, bytes)) {
        return 0;
    }
    return 2 * ((std::uintmax_t{bytes[0]} << 24U) | (std::uintmax_t{bytes[1]} << 16U) |
                (std::uintmax_t{bytes[2]} << 8U) | bytes[3]);
}

/// Records that a .dbf says and has room for.
std::size_t recordsOf(const fs::path& table) {
    std::array<std::uint8_t, 12> bytes{};
    if (!readAt(table, 0, bytes)) {
        return 0;
    }
    const std::size_t count = bytes[4] | (std::size_t{bytes[5]} << 8U) | (std::size_t{bytes[6]} << 16U) |
                              (std::size_t{bytes[7]} << 24U);
    const std::size_t header = bytes[8] | (std::size_t{bytes[9]} << 8U);
    const std::size_t record = bytes[10] | (std::size_t{bytes[11]} << 8U);
    return sizeOf(table) >= header + count * record ? count : 0;
}

std::size_t inShapefile(const fs::path& file) {
    const auto part = [&](const char* ending) { return fs::path(file).replace_extension(ending); };
    const auto index = part(".shx");
    if (saidLength(file) != sizeOf(file) || saidLength(index) != sizeOf(index)) {
        return 0;
    }
    constexpr std::uintmax_t header = 100;
    constexpr std::uintmax_t entry = 8;
    const auto shapes =
        sizeOf(index) < header ? 0 : static_cast<std::size_t>((sizeOf(index) - header) / entry);
    return recordsOf(part(".dbf")) == shapes ? shapes : 0;
}

/// Each feature stands in a line of its own, and the file ends with its last bracket.
std::size_t inGeoJson(const fs::path& file) {
    constexpr std::string_view begin = "{ \"type\": \"Feature\",";
    std::ifstream stream(file, std::ios::binary);
    std::string line;
    std::string last;
    std::size_t count = 0;
    while (std::getline(stream, line)) {
        count += line.starts_with(begin) ? 1 : 0;
        last = line.size() < 3 ? line : std::string();
    }
    return last == "}" ? count : 0;
}

std::size_t asOgrReadsIt(const fs::path& file, bool isCounted, const raster::GdalMessages& messages) {
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(static_cast<GDALDataset*>(
        GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
    auto* layer = dataset ? dataset->GetLayer(0) : nullptr;
    if (layer == nullptr) {
        return 0;
    }
    std::size_t count = 0;
    if (isCounted) {
        std::string name;
        for (const char* letter = layer->GetName(); *letter != '\0'; ++letter) {
            name += *letter == '"' ? std::string("\"\"") : std::string(1, *letter);
        }
        const std::string question = "SELECT COUNT(*) FROM \"" + name + "\"";
        auto* answer = dataset->ExecuteSQL(question.c_str(), nullptr, nullptr);
        const OGRFeatureUniquePtr row(answer != nullptr ? answer->GetNextFeature() : nullptr);
        count = row ? static_cast<std::size_t>(row->GetFieldAsInteger64(0)) : 0;
        dataset->ReleaseResultSet(answer);
    } else {
        while (true) {
            const OGRFeatureUniquePtr feature(layer->GetNextFeature());
            if (!feature) {
                break;
            }
            const auto* geometry = feature->GetGeometryRef();
            count += geometry != nullptr && geometry->IsEmpty() == 0 ? 1 : 0;
        }
    }
    return messages.failure().empty() ? count : 0;
}

} // namespace

std::size_t featuresIn(const fs::path& file, const raster::GdalMessages& messages) {
    const std::string driver = vectorFormatOf(file).driver;
    if (driver == "ESRI Shapefile") {
        return inShapefile(file);
    }
    if (driver == "GeoJSON") {
        return inGeoJson(file);
    }
    return asOgrReadsIt(file, driver == "GPKG", messages);
}

} // namespace nunatak::exchange
