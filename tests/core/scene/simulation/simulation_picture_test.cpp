// SPDX-License-Identifier: GPL-3.0-or-later
// What the sun, the sky, clouds and the sensors make of a place.
#include "simulation_fixture.h"

#include "scene/simulation/radar.h"
#include "scene/simulation/thermal.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <vector>

using namespace nunatak;
using namespace nunatak::scene::simulation;
using namespace nunatak::tests;

namespace {

constexpr int blue = 0;
constexpr int red = 2;
constexpr int nir = 3;
constexpr int swir1 = 4;

class SimulationPictureTest : public QObject {
    Q_OBJECT

private:
    SmallPlace m_small;
    geo::PixelWindow m_window{0, 0, 288, 256};
    Patch m_patch = m_small.patchAround(m_window);
    Surfaces m_surfaces{m_small.place, m_small.season, m_patch};
    Clouds m_noClouds{m_small.place, placeSeed, 0, m_small.sun};
    Illumination m_light =
        illuminationOf(m_small.place, m_patch, grown(m_window, 24), m_small.sun, m_noClouds);
    Image<float> m_optical = m_small.optical(m_window, m_small.season);
    std::vector<Cover> m_covers;

    /// Mean of a quantity over the pixels of the window that a condition takes.
    double mean(const std::function<bool(const Cover&, int row, int column)>& takes,
                const std::function<double(int row, int column)>& of) const {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < m_window.rows; ++row) {
            for (int column = 0; column < m_window.columns; ++column) {
                const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(m_window.columns) +
                                static_cast<std::size_t>(column);
                if (takes(m_covers[at], row, column)) {
                    sum += of(row, column);
                    ++count;
                }
            }
        }
        return count > 20 ? sum / count : std::nan("");
    }
    double direct(int row, int column) const {
        return static_cast<double>(m_light.direct.at(0, row + 24, column + 24));
    }
    static bool isSnow(const Cover& cover, int, int) { return cover.snow > 0.95; }
    static bool isIce(const Cover& cover, int, int) { return cover.ice > 0.95; }
    static bool isDebris(const Cover& cover, int, int) { return cover.debris > 0.9; }
    static bool isRock(const Cover& cover, int, int) { return cover.rock() > 0.95; }

private Q_SLOTS:
    void initTestCase() {
        for (int row = 0; row < m_window.rows; ++row) {
            for (int column = 0; column < m_window.columns; ++column) {
                m_covers.push_back(m_surfaces.at(row + 80, column + 80).cover);
            }
        }
    }

    void aWallThrowsItsShadowAwayFromTheSunAndNoFarther() {
        // Sun in the south at 45°: a wall of 300 m shades 300 m, that is 10 pixels, to its north.
        Place place = m_small.place;
        place.surface = Field(1, place.surface.rows(), place.surface.columns());
        place.highest = place.surface;
        place.highestGround = 0;
        Patch patch;
        patch.window = {0, 0, 200, 200};
        patch.cell = 30;
        patch.surface = Field(1, 200, 200);
        for (int column = 0; column < 200; ++column) {
            patch.surface.at(0, 120, column) = 300;
        }
        const Sun sun{0, -0.70710678118654752, 0.70710678118654752};
        const auto light = sunlit(place, patch, {80, 80, 40, 50}, sun);
        QVERIFY(light.at(0, 120 - 8 - 80, 20) < 0.1F);
        QVERIFY(light.at(0, 120 - 13 - 80, 20) > 0.9F);
        QVERIFY(light.at(0, 122 - 80, 20) > 0.9F);
    }

    void aMountainFarAwayThrowsAShadowAsWell() {
        Place place = m_small.place;
        place.surface = Field(1, place.surface.rows(), place.surface.columns());
        // 5 km south of the window's middle, 6 km high; the sun stands at 45°.
        const int row = static_cast<int>(place.coarse(100 + 5000.0 / 30));
        for (int column = 0; column < place.surface.columns(); ++column) {
            for (int thick = row - 1; thick <= row + 1; ++thick) {
                place.surface.at(0, thick, column) = 6000;
            }
        }
        place.highest = Field(1, place.surface.rows(), place.surface.columns(), 6000);
        place.highestGround = 6000;
        Patch patch;
        patch.window = {0, 0, 200, 200};
        patch.cell = 30;
        patch.surface = Field(1, 200, 200);
        const Sun sun{0, -0.70710678118654752, 0.70710678118654752};
        const auto light = sunlit(place, patch, {90, 95, 20, 10}, sun);
        QVERIFY(light.at(0, 5, 10) < 0.1F);
    }

    void theMorningSunStandsInTheSouthEastHigherInSummer() {
        const Sun summer = sunOn(172, 46.9, 3);
        const Sun autumn = sunOn(293, 46.9, 3);
        QVERIFY(summer.azimuth() > 100 && summer.azimuth() < 180);
        QVERIFY(summer.elevation() > autumn.elevation() + 20);
        QVERIFY(std::abs(summer.east * summer.east + summer.north * summer.north + summer.up * summer.up -
                         1) < 1e-9);
        const Sun south = sunOn(355, -43.6, 3); // New Zealand's summer: the sun in the north-east
        QVERIFY(south.azimuth() > 0 && south.azimuth() < 90);
        QVERIFY(south.elevation() > 40);
    }

    void snowIsBrightInTheVisibleAndDarkInTheShortWaveInfrared() {
        const auto lit = [&](const Cover& cover, int row, int column) {
            return isSnow(cover, row, column) && direct(row, column) > 0.9 && direct(row, column) < 1.1;
        };
        const double visible = mean(lit, [&](int row, int column) { return m_optical.at(red, row, column); });
        const double infrared =
            mean(lit, [&](int row, int column) { return m_optical.at(swir1, row, column); });
        QVERIFY2(visible > 0.6 && infrared < 0.2,
                 (std::to_string(visible) + " " + std::to_string(infrared)).c_str());
    }

    void debrisLooksLikeTheRockBesideIt() {
        const auto ratio = [&](int row, int column) {
            return m_optical.at(red, row, column) / std::max(0.005F, m_optical.at(swir1, row, column));
        };
        const double debris = mean(isDebris, ratio);
        const double rock = mean(isRock, ratio);
        const double ice = mean(isIce, ratio);
        QVERIFY2(std::abs(debris - rock) < 0.35 && ice > 2 * debris,
                 (std::to_string(debris) + " " + std::to_string(rock) + " " + std::to_string(ice)).c_str());
    }

    void groundInShadowIsDarkAndBlue() {
        const auto blueness = [&](int row, int column) {
            return m_optical.at(blue, row, column) / std::max(0.005F, m_optical.at(nir, row, column));
        };
        const auto dark = [&](const Cover& cover, int row, int column) {
            return cover.rock() > 0.9 && direct(row, column) < 0.02;
        };
        const auto bright = [&](const Cover& cover, int row, int column) {
            return cover.rock() > 0.9 && direct(row, column) > 0.8;
        };
        QVERIFY(mean(dark, blueness) > 1.5 * mean(bright, blueness));
        const auto value = [&](int row, int column) { return m_optical.at(nir, row, column); };
        QVERIFY(mean(dark, value) < 0.4 * mean(bright, value));
    }

    void slopesThatFaceTheSunAreBrighter() {
        const auto facing = [&](double low, double high) {
            return mean(
                [&](const Cover& cover, int row, int column) {
                    return cover.rock() > 0.95 && direct(row, column) > low && direct(row, column) < high;
                },
                [&](int row, int column) { return m_optical.at(nir, row, column); });
        };
        QVERIFY(facing(1.1, 2) > 1.3 * facing(0.4, 0.8));
    }

    void tilesMeetWithoutASeam() {
        const auto left = m_small.optical({60, 70, 50, 64}, m_small.season);
        const auto right = m_small.optical({110, 70, 50, 64}, m_small.season);
        const auto both = m_small.optical({60, 70, 100, 64}, m_small.season);
        for (int band = 0; band < 6; ++band) {
            for (int row = 0; row < 64; ++row) {
                for (int column = 0; column < 100; ++column) {
                    const float alone =
                        column < 50 ? left.at(band, row, column) : right.at(band, row, column - 50);
                    const float together = both.at(band, row, column);
                    QVERIFY2(std::abs(alone - together) < 1e-4F,
                             qPrintable(QString("band %1, %2, %3").arg(band).arg(row).arg(column)));
                }
            }
        }
    }

    void cloudsCoverTheShareThatIsAskedForAndThrowShadows() {
        const Clouds clouds(m_small.place, 5, 0.4, m_small.sun);
        int covered = 0;
        int shaded = 0;
        for (int row = 0; row < 256; ++row) {
            for (int column = 0; column < 288; ++column) {
                const double x = column * 30.0;
                const double y = row * 30.0;
                const bool cloud = clouds.thick(x, y) > 0.02 || clouds.thin(x, y) > 0.001;
                covered += cloud ? 1 : 0;
                shaded += !cloud && clouds.transmission(x, y, 2500) < 0.5 ? 1 : 0;
            }
        }
        const double share = covered / (256.0 * 288);
        QVERIFY2(std::abs(share - 0.4) < 0.06, std::to_string(share).c_str());
        QVERIFY(shaded > 300);
        QVERIFY(!m_noClouds.any());
        QCOMPARE(m_noClouds.transmission(100, 100, 1000), 1.0);
        const auto cloudy = m_small.optical(m_window, m_small.season, 0.4);
        double brighter = 0;
        double darker = 0;
        for (std::size_t i = 0; i < cloudy.bandSize(); ++i) {
            const float change = cloudy.band(swir1)[i] - m_optical.band(swir1)[i];
            brighter += change > 0.15F ? 1 : 0;
            darker += change < -0.05F ? 1 : 0;
        }
        QVERIFY(brighter > 4000 && darker > 1000);
    }

    void theSnowLineIsWhereItIsAskedFor() {
        Season bare = m_small.season;
        bare.snowLine = m_small.place.highestGround + 500;
        Season white = m_small.season;
        white.snowLine = m_small.place.lowest;
        const Surfaces without(m_small.place, bare, m_patch);
        const Surfaces with(m_small.place, white, m_patch);
        double less = 0;
        double more = 0;
        for (int row = 0; row < m_window.rows; ++row) {
            for (int column = 0; column < m_window.columns; ++column) {
                if (m_patch.glacier.at(0, row + 80, column + 80) == 0) {
                    less += without.at(row + 80, column + 80).cover.snow;
                    more += with.at(row + 80, column + 80).cover.snow;
                }
            }
        }
        QVERIFY2(less < 500 && more > 20000, (std::to_string(less) + " " + std::to_string(more)).c_str());
    }

    void winterLiesDeeperThanSummerOnBothSidesOfTheEquator() {
        QVERIFY(Season{}.winter() < 0.05);
        QVERIFY((Season{1, 40, false, {}}).winter() > 0.9);
        QVERIFY((Season{1, 40, true, {}}).winter() < 0.1);
    }

    void theRadarSeesSlopesThatFaceItBrightAndEachOrbitOthers() {
        const auto power = backscatterOf(m_small.place, m_patch, m_surfaces, Polarisation::Co, m_window, 1);
        const auto towards = [&](int orbit, bool west) {
            return mean(
                [&](const Cover& cover, int row, int column) {
                    const double rise = m_patch.surface.at(0, row + 80, column + 81) -
                                        m_patch.surface.at(0, row + 80, column + 79);
                    // Ground that rises to the east faces west, where the ascending satellite is.
                    return cover.rock() > 0.9 && (west ? rise > 15 : rise < -15) && std::abs(rise) < 40;
                },
                [&](int row, int column) { return power.at(orbit, row, column); });
        };
        QVERIFY(towards(0, true) > 1.5 * towards(0, false));
        QVERIFY(towards(1, false) > 1.5 * towards(1, true));
    }

    void speckleVariesAsTwelveLooksDo() {
        const auto power =
            backscatterOf(m_small.place, m_patch, m_surfaces, Polarisation::Cross, m_window, 1);
        const auto again =
            backscatterOf(m_small.place, m_patch, m_surfaces, Polarisation::Cross, m_window, 2);
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (std::size_t i = 0; i < power.bandSize(); ++i) {
            const double a = power.band(0)[i];
            const double b = again.band(0)[i];
            if (a + b > 0.02) { // the same ground twice: what differs is speckle
                const double difference = (a - b) / (a + b);
                sum += difference;
                squares += difference * difference;
                ++count;
            }
        }
        // Var((a − b) / (a + b)) = 1 / (2 L + 1) for two gamma variables of L looks.
        QVERIFY(count > 5000);
        QVERIFY(std::abs(sum / count) < 0.01);
        QVERIFY2(std::abs(squares / count * 25 - 1) < 0.15, std::to_string(squares / count).c_str());
    }

    void wetSnowAndWaterAreDarkForTheRadarRockIsBright() {
        const auto power = backscatterOf(m_small.place, m_patch, m_surfaces, Polarisation::Co, m_window, 1);
        const auto both = [&](int row, int column) {
            return 0.5 * (power.at(0, row, column) + power.at(1, row, column));
        };
        QVERIFY(mean(isRock, both) > 3 * mean(isSnow, both));
        QVERIFY(mean(isDebris, both) > 1.2 * mean(isIce, both));
    }

    void coherenceIsLowOnMovingIceAndHighOnRock() {
        const auto coherence = coherenceOf(m_small.place, m_patch, m_surfaces, m_window, 1);
        const auto both = [&](int row, int column) {
            return 0.5 * (coherence.at(0, row, column) + coherence.at(1, row, column));
        };
        const auto thick = [&](const Cover& cover, int row, int column) {
            return cover.debris + cover.ice > 0.9 && m_patch.thickness.at(0, row + 80, column + 80) > 80;
        };
        QVERIFY(mean(isRock, both) > 0.6);
        QVERIFY(mean(thick, both) < 0.35);
        for (const float value : coherence.values()) {
            QVERIFY(value >= 0 && value <= 1);
        }
    }

    void iceNeverMeltsWarmDebrisDoesAndAirCoolsWithHeight() {
        const auto kelvin = temperatureOf(m_small.place, m_patch, m_surfaces, m_small.season, m_light,
                                          m_noClouds, m_window, 1);
        const auto value = [&](int row, int column) { return kelvin.at(0, row, column); };
        const auto inner = [&](const Cover& cover, int row, int column) { // no warm rock within the blur
            return cover.ice > 0.95 && m_patch.thickness.at(0, row + 80, column + 80) > 60;
        };
        QVERIFY2(mean(inner, value) < 273.9, std::to_string(mean(inner, value)).c_str());
        QVERIFY(mean(isDebris, value) > mean(isIce, value) + 2);
        const double middle = m_small.place.ice.equilibriumLine - 300;
        const auto rockAt = [&](bool high) {
            return mean(
                [&](const Cover& cover, int row, int column) {
                    const double height = m_patch.surface.at(0, row + 80, column + 80);
                    return cover.rock() > 0.9 && (high ? height > middle + 200 : height < middle - 100);
                },
                value);
        };
        QVERIFY2(rockAt(false) > rockAt(true) + 2,
                 (std::to_string(rockAt(false)) + " " + std::to_string(rockAt(true))).c_str());
    }

    void thermalPixelsAreBlurred() {
        const auto kelvin = temperatureOf(m_small.place, m_patch, m_surfaces, m_small.season, m_light,
                                          m_noClouds, m_window, 1);
        double steps = 0;
        double wide = 0;
        for (int row = 0; row < m_window.rows; ++row) {
            for (int column = 0; column + 10 < m_window.columns; ++column) {
                steps += std::abs(kelvin.at(0, row, column + 1) - kelvin.at(0, row, column));
                wide += std::abs(kelvin.at(0, row, column + 10) - kelvin.at(0, row, column));
            }
        }
        QVERIFY(wide > 2 * steps);
    }
};

} // namespace

QTEST_GUILESS_MAIN(SimulationPictureTest)
#include "simulation_picture_test.moc"
