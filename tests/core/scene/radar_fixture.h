// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"

#include <QTemporaryDir>

#include <filesystem>

namespace nunatak::tests {

/// Folders of radar products.
class RadarFolder {
protected:
    std::filesystem::path folder(const char* name) const {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::filesystem::create_directories(path);
        return path;
    }
    /// 60 × 60 pixels of 30 m of this value, the first column without data.
    static TiffFixture backscatter(double value) {
        TiffFixture fixture{.columns = 60, .rows = 60};
        fixture.value = [value](int, int column, int) { return column == 0 ? 0 : value; };
        return fixture;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace nunatak::tests
