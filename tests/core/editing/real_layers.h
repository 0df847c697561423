// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/outline_files.h"
#include "shapes.h"

#include <QFileInfo>
#include <QString>
#include <QtTest>

#include <string>
#include <utility>

namespace nunatak::tests {

/// Rows of inventories as they were published: file, crs. Those that are not there are to be skipped.
inline void addRealLayers() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("crs");
    const QString data = QStringLiteral(NUNATAK_SHARED_DATA "/data/");
    QTest::newRow("divides of an ice cap") << data + "iceland_divides/RGI6_icecap.shp"
                                           << "EPSG:32628";
    QTest::newRow("Oetztal") << data + "oetztal/rgi_oetztal.shp"
                             << "EPSG:32632";
    QTest::newRow("Everest") << data + "everest/rgi60_outlines.gpkg"
                             << "EPSG:32645";
}

inline Layers realLayer(const std::string& layer, const QString& path, const QString& crs) {
    Layers layers;
    int number = 0;
    for (auto& outline :
         exchange::readOutlines(path.toStdString(), geo::Crs::fromUserInput(crs.toStdString())).outlines) {
        outline.uuid = "outline " + std::to_string(++number); // those of chance would be others in each run
        layers.all[layer].put(outlines::share(std::move(outline)));
    }
    return layers;
}

} // namespace nunatak::tests
