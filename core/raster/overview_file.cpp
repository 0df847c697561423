// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/overview_file.h"

#include "base/error.h"
#include "raster/gdal_messages.h"
#include "raster/raster_reader.h"

#include <gdal.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace nunatak::raster {

namespace {

/// Up to this many pixels along a side a raster is read whole in no time.
constexpr int largeSide = 2048;
constexpr int smallestOverview = 256;

struct Closer {
    void operator()(void* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<void, Closer>;

Dataset opened(const std::string& path) {
    initialiseGdal();
    takeGdalMessage();
    Dataset dataset(GDALOpen(path.c_str(), GA_ReadOnly));
    if (!dataset) {
        throw Error("The raster \"" + path + "\" cannot be opened" + gdalReason() + "; check the path.");
    }
    return dataset;
}

int CPL_STDCALL report(double fraction, const char*, void* progress) {
    // An exception must not pass through GDAL: it is asked to stop, and the caller looks again.
    try {
        static_cast<const Progress*>(progress)->report(fraction, "Making overviews");
    } catch (const Cancelled&) {
        return FALSE;
    }
    return TRUE;
}

/// Removes what was begun, unless it has got its name.
class Unfinished {
public:
    explicit Unfinished(std::filesystem::path file) : m_file(std::move(file)) {}
    ~Unfinished() {
        std::error_code ignored;
        std::filesystem::remove(m_file, ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

private:
    std::filesystem::path m_file;
};

void giveName(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failure;
    std::filesystem::rename(from, to, failure);
    if (failure) {
        throw Error("The overviews \"" + to.string() + "\" cannot be given their name (" + failure.message() +
                    "); check the folder.");
    }
}

} // namespace

bool lacksOverviews(const std::string& raster) {
    const auto dataset = opened(raster);
    if (GDALGetRasterCount(dataset.get()) == 0 ||
        std::max(GDALGetRasterXSize(dataset.get()), GDALGetRasterYSize(dataset.get())) <= largeSide) {
        return false;
    }
    return GDALGetOverviewCount(GDALGetRasterBand(dataset.get(), 1)) == 0;
}

void makeOverviews(const std::string& raster, const std::filesystem::path& vrt, const Progress& progress) {
    progress.report(0, "Making overviews");
    const auto begun = std::filesystem::path(vrt).replace_extension(".making.vrt");
    const auto begunOverviews = std::filesystem::path(begun.string() + ".ovr");
    const Unfinished first(begun);
    const Unfinished second(begunOverviews);
    const auto fail = [&] {
        progress.throwIfStopped();
        throw Error("Overviews of \"" + raster + "\" cannot be written to " + vrt.parent_path().string() +
                    gdalReason() + "; check that the folder can be written and the disk is not full.");
    };
    {
        const auto source = opened(raster);
        const Dataset copy(GDALCreateCopy(GDALGetDriverByName("VRT"), begun.c_str(), source.get(), FALSE,
                                          nullptr, nullptr, nullptr));
        if (!copy || gdalFailed()) {
            fail();
        }
    }
    {
        // Opened for reading only, overviews go into a file beside it.
        const auto dataset = opened(begun.string());
        std::vector<int> factors;
        const int side = std::max(GDALGetRasterXSize(dataset.get()), GDALGetRasterYSize(dataset.get()));
        for (int factor = 2; side / (factor / 2) > smallestOverview; factor *= 2) {
            factors.push_back(factor);
        }
        const char* options[] = {"COMPRESS_OVERVIEW=DEFLATE", "BIGTIFF_OVERVIEW=IF_SAFER", nullptr};
        const auto result = GDALBuildOverviewsEx(
            dataset.get(), "AVERAGE", static_cast<int>(factors.size()), factors.data(), 0, nullptr, &report,
            const_cast<Progress*>(&progress), const_cast<char**>(options));
        if (result != CE_None || gdalFailed()) {
            fail();
        }
    }
    // The small file last: where it is, its overviews are.
    giveName(begunOverviews, vrt.string() + ".ovr");
    giveName(begun, vrt);
}

} // namespace nunatak::raster
