/* Measures libical on the rules of cases.tsv; for a cron expression, on the recurrence rule that says the same.
 * Prints lines of tool, kind, case, nanoseconds of processor time for each occurrence, and the sum of the moments. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLES = 9 };

static double processor_time(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static long long sum(struct icalrecurrencetype rule, icaltimezone *zone, int count)
{
    struct icaltimetype start = icaltime_from_string("20260113T020000");
    icalrecur_iterator *moments = icalrecur_iterator_new(rule, start);
    long long sum = 0;
    for (int left = count; left > 0; left--) {
        struct icaltimetype local = icalrecur_iterator_next(moments);
        if (icaltime_is_null_time(local))
            break;
        sum += icaltime_as_timet_with_zone(local, zone);
    }
    icalrecur_iterator_free(moments);
    return sum;
}

static int ascending(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

int main(int argc, char **argv)
{
    FILE *cases = argc == 2 ? fopen(argv[1], "r") : NULL;
    icaltimezone *zone = icaltimezone_get_builtin_timezone("America/Vancouver");
    char line[512];
    if (!cases || !zone) {
        fputs("bench-recurrence: libical lacks its cases or its zone\n", stderr);
        return 1;
    }
    while (fgets(line, sizeof line, cases)) {
        char *fields[5], *rest = line;
        line[strcspn(line, "\n")] = 0;
        for (int number = 0; number < 5; number++)
            fields[number] = strsep(&rest, "\t");
        struct icalrecurrencetype rule =
            icalrecurrencetype_from_string(strcmp(fields[0], "cron") == 0 ? fields[4] : fields[3]);
        int count = atoi(fields[2]);
        double samples[SAMPLES];
        long long checksum = sum(rule, zone, count);
        for (int sample = 0; sample < SAMPLES; sample++) {
            double before = processor_time(), taken = 0;
            int repeats = 0;
            do {
                if (sum(rule, zone, count) != checksum)
                    return 1;
                repeats++;
                taken = processor_time() - before;
            } while (taken < 20e6);
            samples[sample] = taken / repeats / count;
        }
        qsort(samples, SAMPLES, sizeof *samples, ascending);
        printf("libical\t%s\t%s\t%f\t%lld\n", fields[0], fields[1], samples[SAMPLES / 2], checksum);
    }
    return fclose(cases);
}
