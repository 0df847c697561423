// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "core/scene/product_fixtures.h"
#include "ui/scenes/open_scene_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QTreeWidget>
#include <QUrl>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// Files dragged in from a file manager and let go over the window; false when the window does not take them.
bool drop(QWidget& window, const std::vector<std::filesystem::path>& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const auto& path : paths) {
        urls << QUrl::fromLocalFile(QString::fromStdString(path.string()));
    }
    data.setUrls(urls);
    const QPoint middle = window.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QDropEvent let(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &let);
    return enter.isAccepted() && let.isAccepted();
}

ui::scenes::OpenSceneDialog* dialog() {
    return qobject_cast<ui::scenes::OpenSceneDialog*>(QApplication::activeModalWidget());
}

QPushButton* acceptButton() {
    return dialog()->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

QString notes() {
    QStringList texts;
    const auto* list = dialog()->findChild<QListWidget*>("sceneNotes");
    for (int i = 0; i < list->count(); ++i) {
        texts << list->item(i)->text();
    }
    return texts.join(QLatin1Char('\n'));
}

double hills(int column, int row) {
    return 0.5 + 0.3 * std::sin(column / 7.0) * std::cos(row / 5.0);
}

} // namespace

class WindowOpenSceneTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;
    std::filesystem::path folder(const char* name) const {
        const std::filesystem::path path = m_fixture.path(name);
        std::filesystem::create_directories(path);
        return path;
    }
    /// Heights around a place, named as Copernicus names its tiles.
    std::filesystem::path heights(const std::filesystem::path& parent, const std::string& crs, double left,
                                  double top) const {
        TiffFixture fixture{.columns = 140, .rows = 140, .crs = crs};
        fixture.transform = {left - 600, 30, 0, top + 600, 0, -30};
        fixture.value = [](int, int column, int row) { return 2000 + 600 * hills(column, row); };
        const auto file = parent / "Copernicus_DSM_COG_10_DEM.tif";
        writeTiff(file, fixture);
        return file;
    }
    LandsatFixture landsat() const {
        LandsatFixture fixture = landsat8();
        fixture.size = 80;
        fixture.number = [](const std::string& key, int column, int row) {
            return key == "BAND_10" ? 24000 : 8000 + 20000 * hills(column, row);
        };
        return fixture;
    }
    void makeProduct(const QString& kind, std::vector<std::filesystem::path>& paths) const {
        const auto place = folder(kind.toUtf8().constData());
        if (kind.startsWith("landsat")) {
            paths = {writeLandsat(place, landsat())};
            if (kind == "landsat tar") {
                const auto tar = place / (landsat().name + ".tar");
                pack(paths[0], tar, false);
                paths = {tar};
            }
            paths.push_back(heights(place, "EPSG:32632", 600000, 5200000));
        } else if (kind.startsWith("sentinel-2")) {
            Sentinel2Fixture fixture = kind.contains("surface") ? sentinel2Surface() : Sentinel2Fixture();
            fixture.number = [](const std::string&, int column, int row) {
                return 1500 + 4000 * hills(column, row);
            };
            paths = {writeSentinel2(place, fixture)};
            if (kind == "sentinel-2 zip") {
                const auto zip = place / (fixture.name + ".zip");
                pack(paths[0], zip, true);
                paths = {zip};
            }
        } else if (kind == "sentinel-1") {
            for (const char* pol : {"VV", "VH"}) {
                TiffFixture fixture{.columns = 80, .rows = 80};
                fixture.value = [](int, int column, int row) { return 0.05 + 0.2 * hills(column, row); };
                writeTiff(place /
                              (std::string("S1A_IW_20180128T171201_DVP_RTC30_G_gpuned_FD6A_") + pol + ".tif"),
                          fixture);
            }
            paths = {place};
        } else if (kind == "stack") {
            TiffFixture fixture{.columns = 80, .rows = 80, .bands = 6, .type = GDT_UInt16};
            fixture.value = [](int band, int column, int row) {
                return 500 * band + 3000 * hills(column, row);
            };
            writeTiff(place / "stack.tif", fixture);
            paths = {place / "stack.tif"};
        } else {
            paths = {heights(place, "EPSG:32632", 600000, 5200000)};
        }
    }

private Q_SLOTS:
    void cleanup() {
        for (int i = 0; i < 20 && QApplication::activeModalWidget() != nullptr; ++i) {
            QApplication::activeModalWidget()->close();
            QCoreApplication::processEvents();
        }
    }

    void aDroppedProductBecomesAProjectThatIsShown_data() {
        QTest::addColumn<QString>("recognised");
        QTest::addColumn<QString>("note");
        QTest::newRow("landsat folder") << "Landsat 8 OLI/TIRS Collection 2 Level-1"
                                        << "EGM2008";
        QTest::newRow("landsat tar") << "Landsat 8 OLI/TIRS Collection 2 Level-1"
                                     << "L1GT";
        QTest::newRow("sentinel-2 folder") << "Sentinel-2A MSI Level-1C"
                                           << "no elevation model";
        QTest::newRow("sentinel-2 zip") << "Sentinel-2A MSI Level-1C"
                                        << "no elevation model";
        QTest::newRow("sentinel-2 surface") << "Sentinel-2A MSI Level-2A"
                                            << "top of the atmosphere";
        QTest::newRow("sentinel-1") << "Backscatter, ASF HyP3 RTC"
                                    << "ascending orbit";
        QTest::newRow("stack") << "Optical raster"
                               << "times 10,000";
        QTest::newRow("elevation") << "Elevation model, Copernicus DEM"
                                   << "EGM2008";
    }

    void aDroppedProductBecomesAProjectThatIsShown() {
        QFETCH(QString, recognised);
        QFETCH(QString, note);
        const QString kind = QTest::currentDataTag();
        std::vector<std::filesystem::path> paths;
        makeProduct(kind, paths);
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(drop(*window, paths));
        QTRY_VERIFY(dialog() != nullptr);
        auto* line = dialog()->findChild<QWidget*>("sceneProjectFile")->findChild<QLineEdit*>();
        QTRY_VERIFY(!line->text().isEmpty());
        line->setText(m_fixture.qpath((kind.toStdString() + ".gpkg").c_str()));
        QTRY_VERIFY2(acceptButton()->isEnabled(), qPrintable(notes()));
        const QString label = dialog()->findChild<QLabel*>("sceneRecognised")->text();
        QVERIFY2(label.contains(recognised), qPrintable(label));
        QVERIFY2(notes().contains(note), qPrintable(notes()));
        QVERIFY(dialog()->findChild<QTreeWidget*>("sceneRasters")->topLevelItemCount() > 0);
        picture(*dialog(), "dialog " + kind);
        QTest::mouseClick(acceptButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain() != nullptr, 20000);
        QVERIFY(window->windowTitle().startsWith(kind));
        // What is drawn is the scene and no empty ground.
        const QImage image = window->viewport()->grabFramebuffer();
        QSet<QRgb> colours;
        for (int x = image.width() / 4; x < image.width() * 3 / 4; x += 7) {
            for (int y = image.height() / 4; y < image.height() * 3 / 4; y += 7) {
                colours.insert(image.pixel(x, y));
            }
        }
        QVERIFY2(colours.size() > 20, qPrintable(QString::number(colours.size())));
        picture(*window, "window " + kind);
        QVERIFY(closed(*window));
    }

    void openSceneIsInTheMenuAndHasAShortcut() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(dialog() != nullptr);
        QVERIFY(!acceptButton()->isEnabled());
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(dialog() == nullptr);
        QTest::mouseClick(window->findChild<QPushButton*>("welcomeScene"), Qt::LeftButton);
        QTRY_VERIFY(dialog() != nullptr);
    }

    void aMissingElevationModelIsAskedForAndAdded() {
        const auto place = folder("ask");
        const auto product = writeLandsat(place, landsat());
        const auto dem = heights(place, "EPSG:32632", 600000, 5200000);
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(drop(*window, {product}));
        QTRY_VERIFY(dialog() != nullptr);
        QTRY_VERIFY(acceptButton()->isEnabled());
        auto* add = dialog()->findChild<QPushButton*>("addElevation");
        QVERIFY(add->isVisible());
        // The product says how its numbers become reflectance; nothing is asked that makes no difference.
        QVERIFY(!dialog()->findChild<QComboBox*>("sceneReflectance")->isEnabled());
        dialog()->addPaths({QString::fromStdString(dem.string())});
        QTRY_VERIFY(!add->isVisible());
        QTRY_VERIFY(dialog()->scene().hasBand("dem", "elevation"));
    }

    void whatCannotBeToldIsAskedFor() {
        const auto file = folder("four") / "four.tif";
        TiffFixture fixture{.columns = 60, .rows = 60, .bands = 4, .type = GDT_UInt16};
        fixture.value = [](int band, int column, int row) { return 1000 * band * hills(column * band, row); };
        writeTiff(file, fixture);
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(drop(*window, {file}));
        QTRY_VERIFY(dialog() != nullptr);
        auto* rasters = dialog()->findChild<QTreeWidget*>("sceneRasters");
        QTRY_COMPARE(rasters->topLevelItemCount(), 1);
        QVERIFY(!acceptButton()->isEnabled());
        QVERIFY2(notes().contains("four.tif"), qPrintable(notes()));
        // Its bands are shown, side by side.
        const auto labels = dialog()->findChild<QListWidget*>("sceneNotes")->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
                            [](const QLabel* strip) { return strip->pixmap().width() > 4 * 60; }));
        QVERIFY(dialog()->findChild<QComboBox*>("sceneReflectance")->isEnabled());
        picture(*dialog(), "dialog unknown");
        rasters->topLevelItem(0)->setText(1, "blue, green, red, nir");
        auto* choice = qobject_cast<QComboBox*>(rasters->itemWidget(rasters->topLevelItem(0), 0));
        choice->setCurrentIndex(choice->findData("optical"));
        Q_EMIT choice->activated(choice->currentIndex());
        QTRY_VERIFY2(acceptButton()->isEnabled(), qPrintable(notes()));
        QCOMPARE(dialog()->scene().bands("optical"),
                 (std::vector<std::string>{"blue", "green", "red", "nir"}));
        QVERIFY(dialog()->findChild<QComboBox*>("sceneReflectance")->isEnabled());
    }

    void numbersThatMayBeSeveralThingsAreAskedForAndToldThere() {
        const auto file = folder("numbers") / "stack.tif";
        TiffFixture fixture{.columns = 80, .rows = 80, .bands = 6, .type = GDT_UInt16};
        fixture.value = [](int, int column, int row) { return 7500 + 12000 * hills(column, row); };
        writeTiff(file, fixture);
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(drop(*window, {file}));
        QTRY_VERIFY(dialog() != nullptr);
        QTRY_VERIFY2(notes().contains("Collection 2"), qPrintable(notes()));
        QVERIFY(!acceptButton()->isEnabled());
        auto* reflectance = dialog()->findChild<QComboBox*>("sceneReflectance");
        QVERIFY(reflectance->isEnabled());
        reflectance->setCurrentIndex(
            reflectance->findData(static_cast<int>(scene::ReflectanceStorage::Collection2)));
        Q_EMIT reflectance->activated(reflectance->currentIndex());
        QTRY_VERIFY2(acceptButton()->isEnabled(), qPrintable(notes()));
        QVERIFY(std::abs(dialog()->scene().rasters.at(0).scale - 2.75e-5) < 1e-12);
    }

    void whatCannotBeUsedIsSaidInTheDialog() {
        const auto place = folder("S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8.SAFE");
        writeText(place / "manifest.safe", "<xfdu:XFDU/>");
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(drop(*window, {place}));
        QTRY_VERIFY(dialog() != nullptr);
        QTRY_VERIFY2(notes().contains("ASF HyP3"), qPrintable(notes()));
        QVERIFY(!acceptButton()->isEnabled());
        picture(*dialog(), "dialog refused");
    }

    void aNameThatIsTakenLeavesEverythingInTheDialog() {
        const auto taken = QString::fromStdString(m_fixture.makeProject("taken.gpkg"));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        std::vector<std::filesystem::path> paths;
        makeProduct("stack", paths);
        QVERIFY(drop(*window, paths));
        QTRY_VERIFY(dialog() != nullptr);
        QTRY_VERIFY(acceptButton()->isEnabled());
        const auto name = [] {
            return dialog()->findChild<QWidget*>("sceneProjectFile")->findChild<QLineEdit*>();
        };
        name()->setText(taken);
        QTest::mouseClick(acceptButton(), Qt::LeftButton);
        QTRY_VERIFY(dialog() != nullptr && notes().contains("exists already"));
        picture(*dialog(), "dialog taken");
        QVERIFY(acceptButton()->isEnabled()); // what was recognised is still there
        name()->setText(m_fixture.qpath("free.gpkg"));
        QTest::mouseClick(acceptButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        QVERIFY(window->windowTitle().startsWith("free"));
    }

    void aSecondSceneJoinsTheOpenProject() {
        const auto file = m_fixture.makeProject("two scenes.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        const auto before = window->viewport()->terrain()->sceneId;
        std::vector<std::filesystem::path> paths;
        makeProduct("stack", paths);
        QVERIFY(drop(*window, paths));
        QTRY_VERIFY(dialog() != nullptr);
        QVERIFY(dialog()->joinsProject());
        QTRY_VERIFY(acceptButton()->isEnabled());
        QTest::mouseClick(acceptButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain()->sceneId != before, 20000);
        QVERIFY(closed(*window));
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QCOMPARE(project->scenes().size(), std::size_t(2));
    }

    void nothingButFilesIsTaken() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QMimeData data;
        data.setText("no file");
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowOpenSceneTest)
#include "window_open_scene_test.moc"
