// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "models/module_loader.h"
#include "ui/layers/layer_panel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

const std::filesystem::path builtModule =
    std::filesystem::path(NUNATAK_BUILD_DIRECTORY) / "lib" / "nunatak" / "nunatak_models.so";

/// A small GlaViTU with fresh weights: what it says of the scene is chance, the way it is run is the real
/// one.
void storeFreshGlavitu(const WindowFixture& fixture) {
    models::Manifest manifest;
    manifest.name = "fresh";
    manifest.network.tile = 32;
    manifest.network.filters = 4;
    manifest.network.embedding = 8;
    manifest.network.blocks = 1;
    manifest.network.heads = 2;
    manifest.network.mlp = 8;
    manifest.network.features = {{"optical", {"blue", "green", "red", "nir"}},
                                 {"dem", {"elevation", "slope"}}};
    manifest.pixelSize = WindowFixture::pixel;
    manifest.scaling["optical"].assign(4, models::BandScaling{0, 1, false});
    manifest.scaling["dem"] = {{0, 6000, false}, {0, 90, false}};
    manifest.requiredFeatures = {"optical", "dem"};
    const auto network = models::loadModule(builtModule).create(manifest.network, 11, {});
    models::Registry(fixture.path("installed"), fixture.path("models")).store(manifest, network->weights());
}

bool hasLayer(ui::window::MainWindow& window, const QString& layer) {
    const auto rows = window.findChild<ui::layers::LayerPanel*>()->layers();
    return std::any_of(rows.begin(), rows.end(), [&layer](const auto& row) { return row.name == layer; });
}

} // namespace

class RealNetworkTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    std::unique_ptr<ui::window::MainWindow> window(const char* project) {
        const auto file = m_fixture.makeProject(project);
        auto paths = m_fixture.paths();
        paths.modelsModule = builtModule;
        auto shown = std::make_unique<ui::window::MainWindow>(
            paths, std::make_unique<QSettings>(m_fixture.qpath("real.ini"), QSettings::IniFormat));
        shown->resize(1000, 700);
        shown->show();
        if (!QTest::qWaitForWindowExposed(shown.get())) {
            return nullptr;
        }
        shown->raise();
        shown->activateWindow();
        if (!QTest::qWaitForWindowActive(shown.get())) {
            return nullptr;
        }
        shown->openProject(file);
        const bool idle =
            QTest::qWaitFor([&] { return shown->isIdle() && shown->viewport()->terrain(); }, 20000);
        return idle ? std::move(shown) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        std::filesystem::remove_all(m_fixture.path("models"));
        storeFreshGlavitu(m_fixture);
    }

    void predictRunsTheRealNetworkAndStoresItsLayer() {
        const auto shown = window("real.gpkg");
        QVERIFY(shown);
        QCOMPARE(part<QComboBox>(shown.get(), "model")->currentText(), "fresh");
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(shown->isIdle() && hasLayer(*shown, "predicted"), 60000);
        QVERIFY(!openDialog());
    }

    void fineTuningTheRealNetworkMakesAModel() {
        const auto shown = window("real_learn.gpkg");
        QVERIFY(shown);
        QTest::keyClick(shown.get(), Qt::Key_F7);
        auto* start = part<QPushButton>(shown.get(), "learningStart");
        QTRY_VERIFY(start->isVisible());
        part<QSpinBox>(shown.get(), "learningSteps")->setValue(1);
        QTest::mouseClick(start, Qt::LeftButton);
        QVERIFY(!start->isEnabled());
        auto* result = part<QLabel>(shown.get(), "learningResult");
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 120000); // it ended, well or badly
        const auto made = part<QLineEdit>(shown.get(), "learningName")->text();
        QVERIFY2(result->text().startsWith(made + " is made."), qPrintable(result->text()));
        QTRY_VERIFY(part<QComboBox>(shown.get(), "model")->findText(made) >= 0);
    }
};

NUNATAK_WINDOW_TEST_MAIN(RealNetworkTest)
#include "real_network_test.moc"
