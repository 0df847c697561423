// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/open_datasets.h"

#include "base/error.h"

#include <algorithm>

#include <sys/stat.h>

namespace nunatak::raster {

namespace {

/// Per thread: the files of a scene and some more.
constexpr std::size_t mostOpen = 16;

} // namespace

const BlockDataset& OpenDatasets::get(const SharedFilePointer& file) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.id == file->id; });
    if (found != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found);
        return *found->dataset;
    }
    closeOld();
    auto dataset = std::make_unique<BlockDataset>(file->layout);
    if (withStates(stateOnDisk(file->path), file->layout.files) != file->state) {
        throw Error("The raster \"" + file->path + "\" changed while it was read; try again.");
    }
    keep(file, std::move(dataset));
    return *m_entries.front().dataset;
}

void OpenDatasets::closeOld() {
    // GDAL keeps what virtual rasters are made of open by name: as long as one holds the file that was,
    // others are given that, too.
    m_entries.remove_if([](const Entry& entry) {
        const SharedFilePointer file = entry.file.lock();
        return !file || withStates(stateOnDisk(file->path), file->layout.files) != file->state;
    });
}

void OpenDatasets::keep(const SharedFilePointer& file, std::unique_ptr<BlockDataset> dataset) {
    if (m_entries.size() >= mostOpen) {
        m_entries.pop_back();
    }
    m_entries.push_front({file, file->id, std::move(dataset)});
}

void OpenDatasets::close(const SharedFile& file) {
    m_entries.remove_if([&](const Entry& entry) { return entry.id == file.id; });
}

std::string stateOnDisk(const std::string& path) {
    struct stat status {};
    if (path.starts_with("/vsi") || ::stat(path.c_str(), &status) != 0) {
        return {};
    }
    return std::to_string(status.st_size) + " " + std::to_string(status.st_mtim.tv_sec) + "." +
           std::to_string(status.st_mtim.tv_nsec) + " " + std::to_string(status.st_ino);
}

std::string withStates(std::string state, std::span<const std::string> files) {
    for (const std::string& file : files) {
        state += "; " + stateOnDisk(file);
    }
    return state;
}

} // namespace nunatak::raster
