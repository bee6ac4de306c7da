/*
 * ingest/format_nvidia_smi.c - nvidia-smi --query-gpu=.. --format=csv: units stand in the header
 * and behind the numbers (or not: nounits), memory counts in powers of 1024.
 */
#include "ingest/format.h"

static const struct format_rule NVIDIA_SMI[] = {
    {"/name", ROLE_SUBJECT, "gpu_name", NULL, NULL, NULL},
    {"/index", ROLE_SUBJECT, "gpu", NULL, NULL, NULL},
    {"/memory_used_mi_b", ROLE_MEASURE, "gpu_memory_used", "MiB", "sample", NULL},
    {"/memory_total_mi_b", ROLE_MEASURE, "gpu_memory_total", "MiB", "sample", NULL},
    {"/memory_free_mi_b", ROLE_MEASURE, "gpu_memory_free", "MiB", "sample", NULL},
    {"/utilization_gpu_percent", ROLE_MEASURE, "gpu_utilization", "percent", "sample", NULL},
    {"/utilization_memory_percent", ROLE_MEASURE, "gpu_memory_busy", "percent", "sample", NULL},
    {"/temperature_gpu", ROLE_MEASURE, "temperature", "celsius", "sample", NULL},
    {"/temperature_memory", ROLE_MEASURE, "memory_temperature", "celsius", "sample", NULL},
    {"/power_draw*_w", ROLE_MEASURE, "power", "W", "sample", NULL},
    {"/*power_limit_w", ROLE_MEASURE, "power_limit", "W", "sample", NULL},
    {"/clocks_current_graphics_mhz", ROLE_MEASURE, "clock_graphics", "MHz", "sample", NULL},
    {"/clocks_gr_mhz", ROLE_MEASURE, "clock_graphics", "MHz", "sample", NULL},
    {"/clocks_current_sm_mhz", ROLE_MEASURE, "clock_sm", "MHz", "sample", NULL},
    {"/clocks_sm_mhz", ROLE_MEASURE, "clock_sm", "MHz", "sample", NULL},
    {"/clocks_current_memory_mhz", ROLE_MEASURE, "clock_memory", "MHz", "sample", NULL},
    {"/clocks_mem_mhz", ROLE_MEASURE, "clock_memory", "MHz", "sample", NULL},
    {"/fan_speed_percent", ROLE_MEASURE, "fan_speed", "percent", "sample", NULL},
    {"/pcie_*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_NVIDIA_SMI[] = {
    {.name = "nvidia_smi", .needs = "/utilization_gpu_percent", .rules = NVIDIA_SMI},
    {.name = "nvidia_smi", .needs = "/memory_used_mi_b", .rules = NVIDIA_SMI},
    {.name = "nvidia_smi", .needs = "/power_draw_w", .rules = NVIDIA_SMI},
    {.name = "nvidia_smi",
        .needs = "/utilization_gpu_percent /memory_used_mi_b",
        .rules = NVIDIA_SMI},
    {0},
};
