// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulate.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/resource.h>

using namespace nunatak;
using namespace nunatak::scene;

namespace {

/// Peak memory of this process in bytes.
double peak() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

} // namespace

class SimulationMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A whole picture of six bands with what it is made from takes over 150 bytes a pixel.
    void aLargeSceneIsMadeByTiles() {
        QTemporaryDir folder;
        const auto simulated = [&](int size, const char* name) {
            SimulationOptions options;
            options.seed = 2;
            options.columns = size;
            options.rows = size;
            simulate(options, folder.filePath(name).toStdString());
            return peak();
        };
        const double small = simulated(512, "small");
        const double large = simulated(1792, "large");
        const double perPixel = (large - small) / (1792.0 * 1792 - 512.0 * 512);
        QVERIFY2(perPixel < 50, qPrintable(QString("%1 bytes a pixel").arg(perPixel)));
    }
};

QTEST_GUILESS_MAIN(SimulationMemoryTest)
#include "simulation_memory_test.moc"
