// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene::products {

enum class Orbit { Unknown, Ascending, Descending };
enum class RadarScale { Unknown, Power, Decibels, Amplitude };

/// What the name of a radar file or band says.
struct RadarName {
    bool coherence = false;
    std::string polarization; ///< VV, VH, HH or HV; may be empty for coherence
    std::string radiometry;   ///< "sigma0", "gamma0", "beta0"; empty when not said
    RadarScale scale = RadarScale::Unknown;
    Orbit orbit = Orbit::Unknown;
    std::string time;   ///< of acquisition, UTC, as 20180128T161201; empty when not said
    std::string maker;  ///< "ASF HyP3 RTC", "ASF HyP3 InSAR", "SNAP", "OPERA RTC-S1"; empty when not known
    std::string pair;   ///< of an interferogram: both days, as 20200604_20200616
    std::string piece;  ///< which burst or scene it is, where several of one pass exist; empty when not known
    std::string pixels; ///< what the name says of their size; such as RTC30, INT80

    bool isCrossPolarized() const { return polarization == "VH" || polarization == "HV"; }
};

/// None when nothing in the name is radar's. Understands the names of ASF HyP3 (RTC and InSAR), OPERA RTC-S1,
/// the bands of SNAP (Sigma0_VV, Gamma0_VH_db, coh_…), and words such as VV, coherence, ascending.
std::optional<RadarName> radarNameOf(const std::string& name);

/// What words in a name say (dB, amplitude, ascending, VV …), of whatever file; parts that nothing is said of
/// are left as they are.
RadarName wordsOf(const std::string& name);

/// The first time such as 20200708T053412 in a text, in capitals; empty when there is none.
std::string timeInName(const std::string& text);

/// VV, VH, HH and HV in the order in which a name has them.
std::vector<std::string> polarizationsIn(const std::string& name);

/// True for a file that ASF HyP3 or OPERA put beside their measurements: masks, incidence angles, phase,
/// their copy of an elevation model (which HyP3's guide warns of) … All of them are rasters, and none is
/// used.
bool isRadarCompanion(const std::string& name);

/// True when two files hold parts of one measurement that lie side by side: bursts or scenes of one pass, of
/// one maker, with the same polarization and pixels.
bool continueEachOther(const RadarName& a, const RadarName& b);

/// True for the name of a Sentinel-1 product as Copernicus delivers it (S1A_IW_GRDH_1SDV_…, SLC, RAW), which
/// is not corrected for terrain. What was made of one and keeps its name (…_Orb_Cal_TC.tif) is none.
bool isSentinel1Original(const std::string& name);

/// The direction of Sentinel-1's orbit from the time of acquisition and the longitude (degrees): it flies
/// along the line between day and night and goes north at about 18 h of local solar time, south at 6 h.
/// Unknown beyond 75° of latitude, where it turns.
Orbit orbitAt(const std::string& time, double longitude, double latitude);

/// What SNAP's product header (*.dim) says that is needed here.
struct SnapHeader {
    Orbit orbit = Orbit::Unknown;
    std::string time; ///< ISO day of the first line; empty when not said
};
/// Throws Error when it is no sound XML.
SnapHeader parseSnapHeader(const std::string& xml, const std::string& name);

} // namespace nunatak::scene::products
