// Writes a JPEG from raw samples in a layout that Pillow has no option for.
//
//     make_jpeg OUT WIDTH HEIGHT COMPONENTS COLORSPACE QUALITY SAMPLING FLAGS < samples
//
// COLORSPACE: ycc, rgb, gray, cmyk, ycck.  SAMPLING: the factors of each component, "2x2,1x1,1x1".
// FLAGS, joined by commas or "-": progressive, arithmetic, restart=N (rows), nojfif, noadobe, optimize, one-scan-each.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <jpeglib.h>

int main(int argc, char** argv) {
    if (argc != 9) return 2;
    const std::string flags = std::string(",") + argv[8] + ",";
    const auto has = [&flags](const char* flag) { return flags.find(std::string(",") + flag) != std::string::npos; };
    jpeg_compress_struct info;
    jpeg_error_mgr errors;
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    std::FILE* out = std::fopen(argv[1], "wb");
    if (out == nullptr) return 1;
    jpeg_stdio_dest(&info, out);
    info.image_width = static_cast<JDIMENSION>(std::atoi(argv[2]));
    info.image_height = static_cast<JDIMENSION>(std::atoi(argv[3]));
    info.input_components = std::atoi(argv[4]);
    const std::string space = argv[5];
    info.in_color_space = space == "gray" ? JCS_GRAYSCALE : space == "cmyk" || space == "ycck" ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, space == "rgb"    ? JCS_RGB
                               : space == "gray" ? JCS_GRAYSCALE
                               : space == "cmyk" ? JCS_CMYK
                               : space == "ycck" ? JCS_YCCK
                                                 : JCS_YCbCr);
    jpeg_set_quality(&info, std::atoi(argv[6]), TRUE);
    const char* sampling = argv[7];
    for (int i = 0; i < info.num_components && *sampling != '\0'; ++i) {
        info.comp_info[i].h_samp_factor = sampling[0] - '0';
        info.comp_info[i].v_samp_factor = sampling[2] - '0';
        sampling += std::strlen(sampling) > 3 ? 4 : 3;
    }
    if (has("progressive")) jpeg_simple_progression(&info);
    if (has("arithmetic")) info.arith_code = TRUE;
    if (has("optimize")) info.optimize_coding = TRUE;
    if (has("nojfif")) info.write_JFIF_header = FALSE;
    if (has("noadobe")) info.write_Adobe_marker = FALSE;
    if (has("restart=")) info.restart_in_rows = std::atoi(flags.c_str() + flags.find("restart=") + 8);
    jpeg_scan_info scans[4] = {};
    if (has("one-scan-each")) {
        for (int i = 0; i < info.num_components; ++i) scans[i] = {1, {i, 0, 0, 0}, 0, 63, 0, 0};
        info.scan_info = scans;
        info.num_scans = info.num_components;
    }
    jpeg_start_compress(&info, TRUE);
    std::vector<JSAMPLE> row(static_cast<std::size_t>(info.image_width) *
                             static_cast<std::size_t>(info.input_components));
    while (info.next_scanline < info.image_height) {
        if (std::fread(row.data(), 1, row.size(), stdin) != row.size()) return 1;
        JSAMPROW rows[1] = {row.data()};
        jpeg_write_scanlines(&info, rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return std::fclose(out) == 0 ? 0 : 1;
}
