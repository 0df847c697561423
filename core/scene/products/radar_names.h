// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

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
    std::string time;  ///< of acquisition, UTC, as 20180128T161201; empty when not said
    std::string maker; ///< "ASF HyP3 RTC", "ASF HyP3 InSAR", "SNAP", "OPERA RTC-S1"; empty when not known

    bool isCrossPolarized() const { return polarization == "VH" || polarization == "HV"; }
};

/// None when nothing in the name is radar's. Understands the names of ASF HyP3 (RTC and InSAR), OPERA RTC-S1,
/// the bands of SNAP (Sigma0_VV, Gamma0_VH_db, coh_…), and words such as VV, coherence, ascending.
std::optional<RadarName> radarNameOf(const std::string& name);

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
