// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/overview_file.h"

#include "base/error.h"
#include "base/staging_folder.h"
#include "raster/dataset_handle.h"
#include "raster/gdal_messages.h"
#include "raster/power_view.h"
#include "raster/raster_reader.h"

#include <cpl_hash_set.h>
#include <gdal.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>
#include <system_error>
#include <vector>

namespace nunatak::raster {

namespace {

/// An overview is made as long as the next finer one is larger than a screen's tile.
constexpr int smallestOverview = 256;
/// What nobody asked for must not take the last of the disk, on which work has to be saved.
constexpr double roomLeft = 1e9;

int CPL_STDCALL report(double fraction, const char*, void* progress) {
    // An exception must not pass through GDAL: it is asked to stop, and the caller looks again.
    try {
        static_cast<const Progress*>(progress)->report(fraction, {});
    } catch (const Cancelled&) {
        return FALSE;
    }
    return TRUE;
}

bool isFloat(GDALRasterBandH band) {
    const GDALDataType type = GDALGetRasterDataType(band);
    return type == GDT_Float32 || type == GDT_Float64;
}

/// What shows the raster. Where pixels may be "not a number", that is said to be no data: one of them would
/// else make every average with it one, too.
bool writeView(GDALDatasetH source, const std::filesystem::path& vrt) {
    const DatasetHandle copy(
        GDALCreateCopy(GDALGetDriverByName("VRT"), vrt.c_str(), source, FALSE, nullptr, nullptr, nullptr));
    for (int number = 1; copy && number <= GDALGetRasterCount(copy.get()); ++number) {
        GDALRasterBandH band = GDALGetRasterBand(copy.get(), number);
        int given = 0;
        GDALGetRasterNoDataValue(band, &given);
        if (isFloat(band) && given == 0) {
            GDALSetRasterNoDataValue(band, std::numeric_limits<double>::quiet_NaN());
        }
    }
    return copy != nullptr;
}

bool buildOverviews(GDALDatasetH dataset, const Progress& progress) {
    std::vector<int> factors;
    const int side = std::max(GDALGetRasterXSize(dataset), GDALGetRasterYSize(dataset));
    for (int factor = 2; side / (factor / 2) > smallestOverview; factor *= 2) {
        factors.push_back(factor);
    }
    const char* predictor =
        isFloat(GDALGetRasterBand(dataset, 1)) ? "PREDICTOR_OVERVIEW=3" : "PREDICTOR_OVERVIEW=2";
    const char* options[] = {"COMPRESS_OVERVIEW=DEFLATE", predictor, "BIGTIFF_OVERVIEW=IF_SAFER",
                             "INTERLEAVE_OVERVIEW=BAND", nullptr};
    return GDALBuildOverviewsEx(dataset, "AVERAGE", static_cast<int>(factors.size()), factors.data(), 0,
                                nullptr, &report, const_cast<Progress*>(&progress),
                                const_cast<char**>(options)) == CE_None;
}

/// What GDAL shall average: power where the raster is dB or amplitude.
std::string asAveraged(const std::string& raster) {
    const RasterReader reader(raster);
    return holdsPowerOtherwise(reader.info()) ? powerViewOf(reader.info()) : raster;
}

void checkRoom(GDALDatasetH dataset, const std::filesystem::path& folder) {
    double bytes = 0;
    for (int number = 1; number <= GDALGetRasterCount(dataset); ++number) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, number);
        bytes += static_cast<double>(GDALGetRasterBandXSize(band)) * GDALGetRasterBandYSize(band) *
                 GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band)) / 3; // 1/4 + 1/16 + …
    }
    std::error_code unknown;
    const auto space = std::filesystem::space(folder, unknown);
    if (!unknown && static_cast<double>(space.available) < bytes + roomLeft) {
        throw Error("There is too little room in \"" + folder.string() + "\" for overviews (" +
                    std::to_string(static_cast<int>(std::ceil((bytes + roomLeft) / 1e6))) +
                    " MB must be free); the view works without them.");
    }
}

} // namespace

void makeOverviews(const std::string& raster, const std::filesystem::path& vrt, const Progress& progress) {
    progress.report(0, {});
    const StagingFolder staging(vrt.parent_path());
    const auto begun = staging.path() / "overviews.vrt";
    const std::filesystem::path begunOverviews = begun.string() + ".ovr";
    const auto check = [&](bool done) {
        if (!done || gdalFailed()) {
            progress.throwIfStopped();
            throw Error("Overviews cannot be written to the folder \"" + vrt.parent_path().string() + "\"" +
                        gdalReason() +
                        "; check that it can be written, that its disk is not full, and that the raster can "
                        "be read.");
        }
    };
    const DatasetHandle source = openDataset(asAveraged(raster));
    checkRoom(source.get(), vrt.parent_path());
    takeGdalMessage();
    check(writeView(source.get(), begun));
    {
        // Opened for reading only, its overviews go into a file beside it.
        DatasetHandle dataset = openDataset(begun.string());
        takeGdalMessage();
        check(buildOverviews(dataset.get(), progress));
        dataset.reset(); // what was left to write is
        check(true);
    }
    // The small file last: where it is, its overviews are.
    giveName(begunOverviews, vrt.string() + ".ovr", inOwnFolder());
    giveName(begun, vrt, inOwnFolder());
    progress.report(1, {});
}

std::string digestOf(const std::string& text) {
    std::ostringstream digits;
    digits << std::hex << std::setfill('0') << std::setw(16) << CPLHashSetHashStr(text.c_str());
    return digits.str();
}

} // namespace nunatak::raster
